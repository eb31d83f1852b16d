# Activities, calendar, my day, notifications.
activity-kind-call = Call
activity-kind-meeting = Meeting
activity-kind-task = Task
activity-kind-email = E-mail
activity-status-planned = Planned
activity-status-done = Done
activity-status-cancelled = Called off
nav-my-day = My day
nav-calendar = Calendar
nav-notifications = Notifications
tab-activities = Activities
create-activity = New activity
activity-log = Log a call
activity-plan = Plan
activity-planned = “{ $name }” is planned
activity-done = “{ $name }” is done
activity-done-at = Done { $when }
activity-cancelled = “{ $name }” is called off
activity-reopened = “{ $name }” is planned again
activity-moved = “{ $name }” is moved
activity-complete = Mark as done
activity-complete-this = Mark “{ $name }” as done
activity-cancel = Call off
activity-reopen = Plan again
activity-tomorrow = Move to tomorrow
activity-next-week = Move by a week
activity-by-process = Process
activity-overdue = Overdue
activity-day = Day
activity-time = Time
remind-never = No reminder
remind-at-start = At the start
remind-15 = 15 minutes before
remind-60 = 1 hour before
remind-1440 = 1 day before
remind-before = { $minutes } minutes before
my-day-overdue = Overdue
my-day-today = Today
my-day-done = Done
my-day-upcoming = Next seven days
my-day-visas = Waiting for your decision
my-day-visa-by = Asked by { $name }
my-day-guided = Next steps of your deals
my-day-deals = Deals to move
my-day-leads = Leads to work on
my-day-ask-budget = Ask what it may cost
my-day-ask-authority = Ask who decides
my-day-ask-need = Ask what they need
my-day-ask-timing = Ask when they decide
my-day-more = { $count ->
    [one] and { $shown } more
   *[other] and { $shown } more
}
my-day-empty-title = Nothing planned
my-day-empty-text = What you plan for this day appears here, with what is overdue first.
deal-next-activity = Next activity
deal-activities-planned = Planned
deal-activities-empty-title = Nothing planned
deal-activities-empty-text = Plan the next call or meeting, or log the one you just had.
notifications-empty-title = No notifications
notifications-empty-text = Reminders and what colleagues plan for you appear here.
notifications-read-all = Mark all as read
notifications-unread = { $count ->
    [0] Notifications
    [one] Notifications: { $shown } unread
   *[other] Notifications: { $shown } unread
}
notification-unread = New
notification-read = Mark as read
notification-reminder = Reminder
notification-activities-overdue = { $count ->
    [one] { $shown } activity is overdue
   *[other] { $shown } activities are overdue
}
notification-step-overdue = A step is overdue
notification-activity-assigned = Planned for you
notification-lead-new = New lead
notification-lead-returned = A lead is back
notification-lead-converted = A lead became a deal
notification-deal-assigned = A deal is yours now
notification-team-joined = You are on the team
notification-tactic-review = Review the tactic
notification-minutes-due = Send the minutes
notification-visa-wanted = Your approval is wanted
notification-visa-decided = Decision on your document
notification-proposal-expiring = A proposal is about to expire
notification-deal-won = A deal was won
snooze-hour = Remind me in an hour
snooze-day = Remind me tomorrow
calendar-day = Day
calendar-week = Week
calendar-month = Month
calendar-views = Calendar views
calendar-today = Today
calendar-before = Earlier
calendar-after = Later
calendar-plan = Plan on { $when }
calendar-count = { $count ->
    [one] { $shown } activity
   *[other] { $shown } activities
}
calendar-more = { $count ->
    [one] { $shown } more
   *[other] { $shown } more
}
calendar-cut = { $count ->
    [one] Only the first { $shown } is shown
   *[other] Only the first { $shown } are shown
}
settings-notifications = Notifications and calendar
mail-wanted = Send me notifications by e-mail
mail-off = This server does not send e-mails yet.
calendar-link = Calendar link
calendar-link-help = Subscribe to it in your calendar. Whoever has the link sees your activities.
calendar-link-make = Make a link
calendar-link-renew = Renew
calendar-link-remove = Remove
