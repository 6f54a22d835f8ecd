"""Facebook Messenger."""

from widget.channels.messenger.channel import open_messenger as open_messenger
