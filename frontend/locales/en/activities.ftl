# Activities, calendar, my day, notifications.
activity-kind-call = Call
activity-kind-meeting = Meeting
activity-kind-task = Task
activity-kind-email = E-mail
