from django.urls import path

from notifications.personal import mail

urlpatterns = [
    path("mail/stopping/", mail.stop, name="me_mail_stop"),
    path("mail/resuming/", mail.resume, name="me_mail_resume"),
]
