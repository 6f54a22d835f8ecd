"""WhatsApp by Twilio."""

from widget.channels.twilio.channel import open_twilio as open_twilio
