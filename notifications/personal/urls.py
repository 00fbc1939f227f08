from django.urls import path

from notifications.personal import letters, mail

urlpatterns = [
    path("letters/", letters.letters, name="me_letters"),
    path("letters/<int:delivery_id>/", letters.letter, name="me_letter"),
    path("mail/ways/", mail.ways, name="me_mail_ways"),
    path("mail/stopping/", mail.stop, name="me_mail_stop"),
    path("mail/resuming/", mail.resume, name="me_mail_resume"),
]
