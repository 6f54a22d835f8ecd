"""WhatsApp by Meta's Cloud API."""

from widget.channels.whatsapp.channel import open_whatsapp as open_whatsapp
