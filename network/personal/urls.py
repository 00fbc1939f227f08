from django.urls import path

from network.personal import me, preferences

urlpatterns = [
    path("", me.me, name="me"),
    path("export/", me.export, name="me_export"),
    path("preferences/", preferences.preferences, name="me_preferences"),
    path("quiet/", me.quiet, name="me_quiet"),
    path("safe-again/", me.safe_again, name="me_safe_again"),
    path("leaving/", me.leave_network, name="me_leave"),
    path("erasing/", me.erase, name="me_erase"),
]
