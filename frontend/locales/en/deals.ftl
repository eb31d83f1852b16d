# Deals.
status-open = Open
status-won = Won
status-lost = Lost
status-rejected = Rejected by us
status-rerouted = Rerouted
deal-type-direct = Direct
deal-type-partner = Through a partner
category-enterprise = Enterprise
category-medium = Medium
category-small = Small
forecast-pipeline = Pipeline
forecast-best-case = Best case
forecast-commit = Commit
forecast-omitted = Omitted

registry-view = Show as
registry-views = Views
view-table = Table
view-board = Board
view-open = All open
view-mine = Mine
view-closed = Closed
view-everything = Everything
view-bin = Bin
filters = Filters
filter-add = Filter
filters-clear = Clear filters
filter-created = Created
filter-closed = Closed
filter-overdue = Past due
filter-without-subtree = without those below
filter-source-help = Several with commas between them
deals-search = Search deals
range-from = from { $value }
range-to = up to { $value }
range-least = At least
range-most = At most
range-since = From
range-until = To
period-month = This month
period-next-month = Next month
period-quarter = This quarter
period-year = This year
column-deal = Deal
column-probability = Prob.
column-last-touch = Last touch
no-account = No account
past = past due
weighted = Weighted
totals-unconverted = { $count ->
    [one] { $shown } without an exchange rate is not in the sums
   *[other] { $shown } without an exchange rate are not in the sums
}
deals-none-title = No deals match
deals-none-text = No deal that you may see fits this view and these filters.
deals-empty-title = No open deals yet
deals-empty-text = Every sale in work has its place here: what it is worth, where it stands and what to do next.

deal-title-help = What is sold, in a few words
deal-create = Create deal
deal-created = “{ $name }” is created
deal-edit-title = Edit { $number }
deal-deleted = “{ $name }” is in the bin
deal-restored = “{ $name }” is restored
deal-closed = “{ $name }” is closed
deal-reopened = “{ $name }” is open again
deal-moved = Moved to { $stage }
deal-close-title = Close the deal
deal-reopen-title = Reopen the deal
deal-reopen = Reopen
deal-work = Work on the deal
deal-tabs = Parts of the deal
deal-facts = Facts
tab-fields = Fields
tab-history = History
edit = Edit
delete = Delete
restore = Restore
in-bin = In the bin
rotting = Nothing happened for too long
title-edit = Change the title
more-actions = More actions
next-stage = To { $stage }
move-to = Move to { $stage }
stages = Stages
close-deal = Close
close-as-won = Mark as won
close-as-lost = Mark as lost
close-as-rejected = Decline
close-as-rerouted = Hand over
close-reason-help = One sentence that will still be clear in a year
next-contact-help = When to ask the customer again
reopen-stage-help = The stage in which the work goes on
missing-count = { $count ->
    [one] { $shown } field missing
   *[other] { $shown } fields missing
}
completeness = Completeness
fill-field = Fill in: { $field }
never = never
fact-age = Age
fact-amount-base = In base currency
fact-pushes = Close date moved
fact-created = Created
fact-closed = Closed
pushes = { $count ->
    [one] { $shown } time
   *[other] { $shown } times
}
open-deals-count = { $count ->
    [0] No open deals
    [one] { $shown } open deal
   *[other] { $shown } open deals
}
group-deal = Deal
group-forecast = Qualification and forecast
set-by-hand = set by hand
follows-stage = Follows the stage
probability-help = Empty: follows the stage
decision-help = When the customer decides
need-help = What the customer wants to achieve
tactic-help = How we intend to win

conflict-title = Changed by someone else
conflict-text = While you were editing, somebody saved other values. Choose which to keep.
conflict-mine = Yours
conflict-theirs = Theirs
conflict-taken = Also changed, and taken over
conflict-save = Save this

board-help = Press space to lift a deal, arrow keys to choose a stage, space to drop it, Escape to cancel.
board-empty = No deals here
board-zones = Close as
board-moved = { $name } is now in { $stage }
board-refused = “{ $name }” stays where it was. { $reason }
board-lifted = { $name } is lifted from { $stage }. Arrow keys choose a stage, space drops, Escape cancels.
board-over = { $stage }
board-kept = { $name } stays in { $stage }

event-created = Created
event-updated = Changed
event-stage-advanced = Moved on
event-stage-returned = Moved back
event-closed = Closed
event-reopened = Reopened
event-deleted = Put into the bin
event-restored = Taken out of the bin
event-step-done = Step done
event-step-reopened = Step opened again
event-decided = Decided
event-gate-overridden = Moved on past open requirements
event-process-changed = Moved to another version of the process
event-team-changed = Team changed
event-key-contact-changed = Key contact changed
event-competitor-changed = Competitor changed
event-concession-changed = Concession noted
event-document-changed = Document changed
event-minutes-changed = Minutes written
event-minutes-sent = Minutes sent
event-material-shown = Material shown
event-activity-planned = Activity planned
event-activity-changed = Activity changed
event-activity-done = Activity done
event-activity-cancelled = Activity called off
event-file-added = File added
event-file-removed = File removed
event-proposal-changed = Proposal changed
event-proposal-submitted = Proposal put up for approval
event-visa-asked = Approval asked for
event-visa-voided = Approval void, a document changed
event-visa-given = Approval decided
event-proposal-sent = Proposal sent
event-proposal-decided = Customer answered the proposal
event-stage-advanced-from = { $from } → { $to }
event-stage-taken-back-from = Taken back: { $from } → { $to }
event-stage-returned-from = Back from { $from } to { $to }
event-stage-entered = Entered { $to }
event-closed-as = Closed: { $outcome }
event-reopened-in = Reopened in { $to }
actor-system = Etalon
via-import = import
