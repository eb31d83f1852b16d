# The summary.
summary-groups = Group by
summary-by-stage = Stage
summary-by-owner = Owner
summary-by-department = Department
summary-by-account = Account
summary-by-product = Product
summary-by-quarter = Quarter
summary-count = Deals
summary-won-sum = Won
summary-won-count = Wins
summary-win-rate = Win rate
summary-open-amount = In work
summary-cycle-mean = Mean cycle, days
summary-cycle-median = Median cycle
summary-cycle-note = from creation to the win
summary-total-with-open = All, with those in work
summary-of-closed = { $count ->
    [one] of { $shown } won or lost deal
   *[other] of { $shown } won and lost deals
}
summary-empty-title = Nothing to count yet
summary-empty-text = As soon as there are deals, their sums, win rate and cycle appear here.
summary-all-time = All deals, whenever they were created
days-unit = days
total = Total

# Reports: frame, period, rows.
analytics-reports = Reports
analytics-period = Period
analytics-now = As of now
analytics-as-of = As of { $day }
analytics-as-of-day = As of the end of
analytics-as-of-help = What happened after this day is left out, as if it were still evening then.
rows-registry-today = The registry shows the same deals as they are today, so its sums may differ.
leaders-seen-only = Only the deals and activities that you may see are counted.
analytics-definition = What this means
analytics-process = Process
report-pulse = Pulse
report-funnel = Funnel
report-forecast = Forecast
report-targets = Targets
report-leaderboard = Leaderboard
report-dynamics = Dynamics
report-results = Results
report-reasons = Reasons
report-stalling = Stalling
report-summary = Summary
report-manager = Manager
report-win-rate = Win rate
report-cycle = Sales cycle
report-velocity = Open deals
preset-this-week = This week
preset-last-week = Last week
preset-this-month = This month
preset-last-month = Last month
preset-this-quarter = This quarter
preset-last-quarter = Last quarter
preset-next-quarter = Next quarter
preset-this-year = This year
preset-last-year = Last year
preset-last-30-days = Last 30 days
preset-last-90-days = Last 90 days
preset-last-12-months = Last 12 months
quick-this-week = Week
quick-this-month = Month
quick-this-quarter = Quarter
quick-this-year = Year
steps = Steps
step-week = Weeks
step-month = Months
step-quarter = Quarters
weeks-ago = { $count ->
    [one] { $shown } week ago
   *[other] { $shown } weeks ago
}
filter-rows = From a report
filter-rows-help = These are exactly the deals behind one number of a report, with their present figures. Remove the chip to see all open deals.
rows-none = No deals are behind this number.
rows-sum = Sum
rows-registry = Open in the registry
rows-expected = expected { $day }
rows-part-all = all
rows-part-entered = Entered
rows-part-advanced = Advanced
rows-part-returned = Returned
rows-part-closed = Won and lost
rows-part-remaining = Still there
rows-part-stayed = Stays that ended
rows-part-reached = Reached
rows-part-still-open = Still open
rows-part-skipped = Skipped it
rows-part-rotting = Rotting
rows-part-overdue = Past due
rows-part-commit = Commit
rows-part-weighted = Weighted
rows-part-open = Open
rows-part-created = New
rows-part-won = Won
rows-part-lost = Lost
rows-part-rejected = Rejected by us
rows-part-rerouted = Rerouted
shares-title = By owner
shares-others = Others
share-of-sum = { $share } of the sum
share-of-deals = { $share } of the deals
chart-as-table = Show as a table
chart-as-picture = Show as a chart
chart-export = Export
chart-png = Picture (PNG)
chart-csv = Table (CSV)
win-rate = Win rate
win-rate-definition = Won ÷ (won + lost), by number of deals closed in the last twelve months. Deals that we rejected or handed over count in neither.
interval = 95% interval
interval-range = Interval
interval-definition = With few deals a rate says little: the true one lies in this interval with 95% certainty (Wilson). Intervals that overlap do not show a difference.
mean = Mean
p90 = 9 in 10 within
by-owner = By person
by-department = By department

# The funnel.
funnel-mode = What is counted
funnel-mode-snapshot = Snapshot
funnel-mode-flow = Flow
funnel-mode-cohort = Cohort
funnel-title-snapshot = Deals in each stage
funnel-title-flow = Deals that entered each stage
funnel-title-cohort = Deals that reached each stage
funnel-count-flow = Entered
funnel-count-cohort = Reached
funnel-definition-snapshot = Snapshot: the deals that are in each stage at the end of the chosen day. The period matters only for fullness. “Won” holds all deals won until then.
funnel-definition-flow = Flow: the deals that entered a stage in the period, each once, and what became of them by its end: advanced, returned, closed without a win, still there. The four sum to those that entered. Conversion to next is advanced ÷ entered. A stage that was skipped was not entered.
funnel-definition-cohort = Cohort: only the deals created in the period, and how far they have come by that day. Who reached a later stage has reached the earlier ones too; how many skipped a stage is told beside. Rates never exceed 100%.
funnel-won-ever = all ever won
funnel-measure = What the chart shows
funnel-deals = Deals
funnel-weighted = Weighted
funnel-table = The funnel in numbers
funnel-open = In work
funnel-weighted-note = weighted by probability
funnel-rotting = Rotting
funnel-rotting-note = nobody touched them for longer than their stage allows
funnel-average-age = Mean age, days
funnel-summary-stage = { $stage }: { $count }, { $amount }
funnel-empty-title = No deals here
funnel-empty-text = No deal that you may see fits this period and these filters. Choose a longer period or fewer filters.
flow-closed = Closed, not won
flow-conversion = To next
flow-average-days = Mean stay, days
flow-entered-first = Entered the first stage
cohort-created = Created
cohort-won = Won so far
cohort-won-note = of those created
cohort-open-note = may still be won or lost
cohort-from-previous = From previous
cohort-from-first = From first
compare = Compare
compare-by = Compare by
compare-by-owner = People
compare-by-department = Departments
compare-by-period = Periods
compare-help = Two to four, side by side on one scale.
compare-add-days = Add these days
compare-end = End comparison
fullness = Fullness
fullness-definition = Open amount that is expected to close in the period ÷ what is still missing to its target. Required is 1 ÷ the win rate of the last twelve months: with a win rate of 25 %, four times as much must be open as is missing. Without a target, or when it is met, there is none.
fullness-required = { $required } required
fullness-enough = enough
fullness-short = too little
fullness-win-rate = Win rate, 12 months
fullness-win-rate-note = won ÷ (won + lost)
fullness-title = Is enough in work?
fullness-no-target = There is no target for this period, so fullness is undefined. Targets are set under “Targets”.
fullness-met = The target of this period is met.
target-own = The target is your own: only your deals count towards it, not those of colleagues that you may see.
fullness-missing = Still to win
fullness-open = Open, closing in the period
shortfall = Missing
shortfall-definition = What would have to be added if the rest of the target were to come from this stage alone: (target − won) ÷ probability to win from this stage − what is open in it. The probability is won ÷ (won + lost) among the deals closed in the last twelve months that had been in the stage.
shortfall-open = Open in the stage
shortfall-probability = Wins from here

# Sales Pulse.
pulse-updated = Updated at { $time }
pulse-offline = , cannot be renewed now
pulse-wall = Wall display
pulse-funnel = Funnel now
pulse-weeks = New, won and lost by week
pulse-won-before = Won the period before
pulse-change = { $change } on the period before
pulse-change-so-far = { $change } { $count ->
    [1] on its first day:
   *[other] on its first { $shown } days:
}
pulse-before-definition = What was won in the period of the same length right before. While a period goes on, it is compared with as many first days of the one before as have passed of it.
pulse-so-far = { $count ->
    [1] On its first day:
   *[other] In its first { $shown } days:
}
wall-change-so-far = { $change } on the same days before
pulse-overdue = Past due
pulse-rotting = Rotting
pulse-top = Largest to close
pulse-top-empty = No open deal is expected to close in this period.
pulse-all = All
pulse-leaders = Leaders
pulse-no-wins = No wins in this period yet.
pulse-changes = Last 24 hours
pulse-changes-empty = Nothing changed in the last 24 hours.
pulse-in-period = in the period
activities-done = Activities done
activities-planned = Activities planned
activities-overdue = Activities past due
activities-counted = Activities
activities-none-behind = No activities are behind this number.
pulse-until-period-end = until the end of the period
wall-full = Fill the screen
wall-leave = Leave the wall display
wall-of-target = { $share } of { $target }
wall-of-target-own = { $share } of { $target }, own deals
wall-changes-count = { $count ->
    [one] { $shown } change in the last 24 hours
   *[other] { $shown } changes in the last 24 hours
}

# The forecast.
forecast-closed = Won
forecast-commit-line = Commit
forecast-weighted = Weighted
forecast-open = Open
forecast-target = Target
forecast-attainment = Of target
forecast-of-target = of target
forecast-no-target = No target
forecast-target-met = target met
forecast-left = { $amount } left
forecast-by-month = Forecast by month
forecast-by-quarter = Forecast by quarter
forecast-history = As it stood before
forecast-history-definition = The forecast for the same period as it stood at the end of that day, with the amounts, probabilities, dates and categories that deals had then.
forecast-definition = Won: what was won in the period. Commit: won, and the open deals in the category “Commit” that are expected to close in it. Weighted: won, and the amounts of all open deals expected to close in it, each times its probability.
forecast-summary = Won { $closed }, commit { $commit }, weighted { $weighted }, target { $target }.
forecast-history-summary = { $ago } the weighted forecast stood at { $before }, now at { $now }.

# Targets.
targets-who = Person or department
targets-definition = What is to be won in a month, in the base currency. What is entered for a department holds for all of it; where nothing is entered, its people and the departments below it add up (shown in gray).
targets-of-period = { $period }: { $sum }
targets-rolled-up = Added up from the people and departments below
targets-copy = Copy to the months after
targets-copied = Copied to the months after
targets-keys = Arrow keys go, a digit or Enter begins, Enter saves, Esc leaves, Ctrl → copies on
targets-not-a-number = Enter a number, such as { $example }
targets-changed = { $name }: now { $theirs }, yours was { $mine }.
targets-changed-at = Changed { $when }
targets-keep-mine = Save mine
targets-keep-theirs = Keep theirs
targets-saving = Saving
targets-year-before = The year before
targets-year-after = The year after
targets-empty-title = Nobody to set targets for
targets-empty-text = Targets are set for people and departments. Add both in the settings, or choose fewer filters.

# The leaderboard and managers.
leaders-measure = Order by
leaders-won-amount = Won
leaders-wins = Wins
leaders-activities = Activities
leaders-attainment = Of target
leaders-by = Who is compared
leaders-by-person = People
leaders-by-department = Departments
leaders-new = Was not there in the period before
leaders-up = Up { $steps }, from place { $before }
leaders-down = Down { $steps }, from place { $before }
leaders-same = Place { $before } as before
leaders-empty-title = Nobody here yet
leaders-empty-text = The first win or activity of the period opens the board.
manager-conversion = Conversion by stage
manager-conversion-definition = Advanced ÷ entered, over the deals that entered the stage in the period, beside the same of the whole department.
manager-pace = Conversion and pace by stage
manager-own = Own
manager-days = Days in the stage
manager-lost = { $count } lost
manager-p90 = 9 in 10 within { $days } days
cycle-median = Median cycle, days
cycle-definition = Whole days from the creation of a deal to its win: half of the deals took no longer.
results-by = By
results-by-owner = By person
results-by-department = By department
results-by-source = By source
results-by-category = By size
results-by-product = By product
results-by-industry = By industry
results-rate-definition = Won ÷ (won + lost), by number of deals closed in the period. With few deals a rate says little: the true one lies in the interval with 95% certainty (Wilson).
results-by-value = Win rate by value
results-by-value-note = by amount instead of number
results-apart-definition = Deals that we rejected or handed over to somebody else: they count in no win rate.
results-cycle-lost = Median until a loss, days
results-velocity = Sales velocity a day
results-velocity-note = at the pace of the period
results-velocity-definition = Open deals × win rate × average amount won ÷ mean cycle in days: what is won a day if things go on as in the period.
results-open-note = at work on that day
results-average-won = Average win
results-mean-cycle = mean cycle { $days } days
results-none = No deals were closed in this period.

# Dynamics, reasons, stalling.
dynamics-counts = New, won and lost deals
dynamics-open = Open amount at the end
dynamics-open-deals = Open at the end
dynamics-summary = { $created } new, { $won } won, { $lost } lost.
dynamics-open-summary = From { $first } to { $last }.
dynamics-empty-text = Nothing was created, won or lost in this period. Choose a longer one.
reasons-lost = Why we lost
reasons-rejected = Why we rejected
reasons-summary = Most often: { $reason }, { $share }.
reasons-others = { $count ->
    [one] { $shown } other reason
   *[other] { $shown } other reasons
}
reasons-empty-title = Nothing was closed
reasons-empty-text = When deals close in this period, their reasons, sources and competitors appear here.
sources-title = Win rate by source
competitors-title = Win rate against competitors
competitors-lost-to-it = { $count } lost to it
stalling-title = Where deals rot
stalling-definition = A deal rots when nobody has touched it for longer than its stage allows.
stalling-share = Share
stalling-days = Mean days untouched
stalling-since = Untouched since
stalling-longest = Longest untouched
stalling-untouched = Untouched
stalling-summary = Most in { $stage }: { $count } of { $of }.
stalling-empty-title = Nothing rots
stalling-empty-text = Every open deal was touched within the time that its stage allows.
