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
days-unit = days
total = Total
