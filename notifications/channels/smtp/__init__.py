"""SMTP at the speed of the wire: several connections to one relay, each with one message under way."""

from notifications.channels.smtp.session import SmtpSession

__all__ = ["SmtpSession"]
