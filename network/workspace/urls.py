from django.urls import path

from network.workspace import desk

urlpatterns = [path("", desk.desk, name="desk")]
