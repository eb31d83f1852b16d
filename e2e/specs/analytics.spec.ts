import type { Locator } from "@playwright/test";

import { type Api, must } from "../fixtures/api.ts";
import { audit } from "../fixtures/audit.ts";
import { director, manager, russianManager } from "../fixtures/people.ts";
import { endOfLastMonth, sumOf } from "../fixtures/reports.ts";
import { expect, test } from "../fixtures/test.ts";

/** A deal that was open at the end of a day and still is. */
async function openSince(api: Api, day: string): Promise<{ id: string; title: string }> {
  const query = { status: ["open" as const], created_to: day, limit: 50 };
  const { items } = must(await api.GET("/api/v1/deals", { params: { query } }));
  for (const deal of items) {
    const rows = must(
      await api.GET("/api/v1/analytics/rows", {
        params: { query: { report: "funnel", as_of: day, limit: 200 } },
      }),
    );
    if (rows.items.some((row) => row.deal_id === deal.id)) {
      return deal;
    }
  }
  throw new Error(`no deal was open on ${day}`);
}

test.describe("Reports", () => {
  test("two departments are compared, a stage is opened, the registry shows the same @phone", async ({
    pageOf,
    isMobile,
  }) => {
    const page = await pageOf(director);
    await page.goto("/analytics/funnel");
    await page.getByRole("button", { name: "Compare", exact: true }).click();
    for (const name of ["Europe", "Americas and Asia"]) {
      const search = page.getByRole("combobox", { name: "Search" });
      await search.fill(name);
      await page.getByRole("option", { name, exact: true }).click();
      await expect(page.getByRole("button", { name: new RegExp(`Remove.*${name}`) })).toBeVisible();
    }
    await page.keyboard.press("Escape");
    await expect(page.getByRole("radiogroup", { name: "Compare by" })).toHaveCount(0);
    await expect(page.getByText(/× required/)).toHaveCount(2);
    const table = page.getByRole("table", { name: "Compare" });
    await expect(table.getByRole("columnheader", { name: "Europe" })).toBeVisible();
    await expect(table.getByRole("columnheader", { name: "Americas and Asia" })).toBeVisible();
    await audit(page);

    const needs = table.getByRole("row").filter({ hasText: "Needs" });
    const count = needs.getByRole("link").first();
    const deals = await count.textContent();
    await count.click();
    const panel = page.getByRole("dialog", { name: "Funnel" });
    await expect(sumOf(panel, "Deals")).toHaveText(deals ?? "");
    await expect(panel.getByText("By owner")).toBeVisible();
    await audit(page);
    const sum = await sumOf(panel, "Sum").textContent();
    await panel.getByRole("link", { name: "Open in the registry" }).click();
    await expect(page).toHaveURL(/\/deals\?.*rows=/);
    await expect(page.getByText("From a report")).toBeVisible();
    if (!isMobile) {
      const registry = page.getByRole("table", { name: "Deals" });
      const word = deals === "1" ? "deal" : "deals";
      await expect(registry.getByRole("rowheader", { name: word })).toHaveText(`${deals} ${word}`);
      await expect(registry.locator("tfoot")).toContainText(sum ?? "");
    }
    await audit(page);
  });

  test("a deal lost today changes today's snapshot and not last month's", async ({
    pageOf,
    apiOf,
  }) => {
    const day = endOfLastMonth();
    const { id, title } = await openSince(await apiOf(manager), day);
    const page = await pageOf(manager);
    const past = `/analytics/funnel?as_of=${day}`;
    const table = page.getByRole("table", { name: "The funnel in numbers" });
    await page.goto(past);
    const before = await table.innerText();
    await page.goto("/analytics/funnel");
    const open = page.locator("dl.figures").getByRole("link").first();
    const number = Number(await open.textContent());

    await page.goto(`/deals/${id}`);
    await page.getByRole("button", { name: "More actions" }).click();
    await page.getByRole("menuitem", { name: "Mark as lost" }).click();
    const dialog = page.getByRole("dialog", { name: "Close the deal" });
    await dialog.getByRole("textbox", { name: "Reason" }).fill("The plant is closed");
    await dialog.getByRole("button", { name: "Mark as lost" }).click();
    await expect(page.getByText(`“${title}” is closed`)).toBeVisible();

    await page.goto("/analytics/funnel");
    await expect(open).toHaveText(String(number - 1));
    await page.goto(past);
    await expect(table).toBeVisible();
    expect(await table.innerText()).toBe(before);
  });

  test("results: how many were won, how fast, and by whom @phone", async ({ pageOf }) => {
    const page = await pageOf(director);
    await page.goto("/analytics/results?period=last_12_months");
    const table = page.getByRole("table", { name: "Results" });
    await expect(table.getByRole("row").nth(1)).toBeVisible();
    await expect(page.getByText("Sales velocity a day")).toBeVisible();
    await audit(page);
    await page.getByRole("link", { name: "By source" }).click();
    await expect(page).toHaveURL(/by=source/);
    await expect(table.getByRole("columnheader", { name: "By source" })).toBeVisible();
    const row = table.getByRole("row").filter({ has: page.getByRole("link") }).first();
    const source = await row.getByRole("rowheader").innerText();
    const won = row.getByRole("link").first();
    const count = await won.innerText();
    await won.click();
    const panel = page.getByRole("dialog");
    await expect(sumOf(panel, "Deals")).toHaveText(count);
    await panel.getByRole("link", { name: "Open in the registry" }).click();
    await expect(page).toHaveURL(new RegExp(`rows=.*${encodeURIComponent(source).slice(0, 4)}`));
  });

  test("a manager's card: pace beside the department's, activities open their rows", async ({
    pageOf,
  }) => {
    const page = await pageOf(director);
    await page.goto("/analytics/leaderboard?period=last_12_months");
    const board = page.getByRole("table", { name: "Leaderboard" });
    const done = board.getByRole("row").nth(1).getByRole("cell").nth(2).getByRole("link");
    const activities = await done.innerText();
    await done.click();
    await expect(sumOf(page.getByRole("dialog"), "Activities")).toHaveText(activities);
    await page.keyboard.press("Escape");
    const first = board.getByRole("row").nth(1).getByRole("rowheader").getByRole("link");
    const name = await first.innerText();
    await first.click();
    await expect(page.getByRole("heading", { level: 1 })).toContainText(name.split(" ").at(-1) ?? "");
    const needs = page.getByRole("row").filter({ hasText: "Needs analysis" }).last();
    await expect(needs.getByRole("cell").nth(3)).toHaveText(/\d/);
    const lost = page.getByRole("link", { name: /^\d+ lost$/ });
    const losses = Number.parseInt(await lost.innerText(), 10);
    await lost.click();
    const panel = page.getByRole("dialog", { name: "Win rate" });
    await expect(panel.locator(".rows-about")).toHaveText(/^Lost/);
    await expect(sumOf(panel, "Deals")).toHaveText(String(losses));
    await page.keyboard.press("Escape");
    const own = page.locator('dt:text-is("Activities done") + dd').getByRole("link");
    const count = await own.innerText();
    await own.click();
    await expect(sumOf(page.getByRole("dialog"), "Activities")).toHaveText(count);
  });

  test("what was won has one name, its day, and owners who add up @phone", async ({ pageOf }) => {
    const page = await pageOf(director);
    await page.goto("/analytics?period=last_12_months");
    await page.locator('dt:text-is("Won") + dd').getByRole("link").click();
    const panel = page.getByRole("dialog", { name: "Forecast" });
    await expect(panel.locator(".rows-about")).toHaveText(/^Won/);
    // The day of the win, exactly in its tooltip.
    await expect(panel.locator(".rows-facts > [title]").first()).toHaveAttribute("title", /20\d\d/);
    await expect(panel.locator(".rows-facts").first()).not.toContainText("expected");
    const deals = await sumOf(panel, "Deals").innerText();
    const numbers = await panel.locator(".share-number:not([title])").allInnerTexts();
    expect(numbers.reduce((sum, number) => sum + Number(number), 0)).toBe(Number(deals));
    const shares = await panel.locator(".share-number[title$='of the sum']").allTextContents();
    const hundred = shares.reduce((sum, share) => sum + Number.parseInt(share, 10), 0);
    // Each is rounded by itself.
    expect(Math.abs(hundred - 100)).toBeLessThanOrEqual(shares.length / 2);
    await audit(page);
    await panel.getByRole("link", { name: "Open in the registry" }).click();
    await expect(page.getByRole("button", { name: /From a report\s*Forecast, Won$/ })).toBeVisible();
  });

  test("the forecast as it stood opens the deals it was made of @phone", async ({ pageOf }) => {
    const page = await pageOf(director);
    await page.goto("/analytics/forecast?period=this_year");
    const chart = page.getByRole("figure", { name: "As it stood before" });
    await chart.getByRole("button", { name: "Show as a table" }).click();
    const past = chart.getByRole("row").filter({ hasText: "4 weeks ago" });
    const weighted = past.getByRole("link").last();
    const sum = await weighted.innerText();
    await weighted.click();
    const panel = page.getByRole("dialog", { name: "Forecast" });
    await expect(sumOf(panel, "Weighted")).toContainText(sum.replace(/\s*USD$/, ""));
    await expect(panel.getByText(/As of/)).toBeVisible();
    await audit(page);
  });

  test("the funnel is drawn weighted, and only where that is defined", async ({ pageOf }) => {
    const page = await pageOf(director);
    await page.goto("/analytics/funnel");
    const measures = page.getByRole("group", { name: "What the chart shows" });
    await measures.getByRole("link", { name: "Weighted" }).click();
    const chart = page.getByRole("figure");
    await chart.getByRole("button", { name: "Show as a table" }).click();
    await expect(chart.getByRole("columnheader", { name: "Weighted" })).toBeVisible();
    const weighted = chart.getByRole("link").first();
    const sum = await weighted.innerText();
    await weighted.click();
    const weightedSum = sumOf(page.getByRole("dialog"), "Weighted");
    await expect(weightedSum).toContainText(sum.replace(/\s*USD$/, ""));
    await page.keyboard.press("Escape");
    await page.getByRole("link", { name: "Cohort" }).click();
    await expect(measures.getByRole("link", { name: "Weighted" })).toHaveCount(0);
    await chart.getByRole("button", { name: "Show as a table" }).click();
    await expect(chart.getByRole("columnheader", { name: "Deals" })).toBeVisible();
  });

  test("leaders, sources and competitors are drawn, read and saved @phone", async ({ pageOf }) => {
    const page = await pageOf(director);
    await page.goto("/analytics/leaderboard?period=last_12_months&measure=wins");
    const board = page.getByRole("figure", { name: "People: Wins" });
    await expect(board.locator("svg, canvas").last()).toBeVisible();
    await board.getByRole("button", { name: "Show as a table" }).click();
    const wins = board.getByRole("link").first();
    const count = await wins.innerText();
    await wins.click();
    await expect(sumOf(page.getByRole("dialog"), "Deals")).toHaveText(count);
    await page.keyboard.press("Escape");
    await page.goto("/analytics/reasons?period=last_12_months");
    for (const title of ["Win rate by source", "Win rate against competitors"]) {
      const chart = page.getByRole("figure", { name: title });
      await expect(chart.locator("svg, canvas").last()).toBeVisible();
      await chart.getByRole("button", { name: "Show as a table" }).click();
      const first = chart.getByRole("link").first();
      const all = (await first.innerText()).match(/(\d+)$/)?.[1] ?? "";
      await first.click();
      await expect(sumOf(page.getByRole("dialog"), "Deals")).toHaveText(all);
      await page.keyboard.press("Escape");
      await chart.getByRole("button", { name: "Export" }).click();
      const saved = page.waitForEvent("download");
      await page.getByRole("menuitem", { name: "Table (CSV)" }).click();
      expect((await saved).suggestedFilename()).toMatch(/\.csv$/);
    }
    await audit(page);
  });

  test("every number of the summary opens exactly its deals, a target opens the targets @phone", async ({
    pageOf,
    isMobile,
  }) => {
    const page = await pageOf(director);
    await page.goto("/analytics/summary?group_by=owner");
    const tile = (term: string): Locator => page.locator(`.figure:has(dt:text-is("${term}"))`);
    const won = (await tile("Won").locator(".figure-note").innerText()).split(" ")[0] ?? "";
    for (const [term, status] of [
      ["Win rate", "won,lost"],
      ["In work", ""],
      ["Won", "won"],
    ] as const) {
      await expect(tile(term).getByRole("link")).toHaveAttribute(
        "href",
        status === "" ? "/deals" : `/deals?status=${status}`,
      );
    }
    await tile("Won").getByRole("link").click();
    await expect(page).toHaveURL(/\/deals\?status=won$/);
    if (!isMobile) {
      const registry = page.getByRole("table", { name: "Deals" });
      await expect(registry.locator("tfoot")).toContainText(`${won} deals`);
      await page.goBack();
      const row = page.getByRole("table", { name: "Summary" }).getByRole("row").nth(1);
      const wins = await row.getByRole("link").nth(2).innerText();
      await row.getByRole("link").nth(1).click();
      await expect(page).toHaveURL(/\/deals\?.*status=won/);
      await expect(page).toHaveURL(/owner_id=/);
      await expect(registry.locator("tfoot")).toContainText(`${wins} deal`);
    }
    await page.goto("/analytics?period=this_year");
    await tile("Target").getByRole("link").click();
    await expect(page).toHaveURL(/\/analytics\/targets\?period=this_year$/);
    const grid = page.getByRole("grid", { name: "Targets" });
    await expect(grid).toBeVisible();
    const everybody = await grid.getByRole("rowheader").count();
    await page.goto("/analytics/forecast?period=this_quarter");
    const person = page.getByRole("table", { name: "By person" }).getByRole("row").nth(1);
    const name = await person.getByRole("rowheader").innerText();
    const target = person.locator('a[href*="/targets"]');
    const sum = (await target.innerText()).replace(/K\s*USD$/, ",000");
    await target.click();
    await expect(page).toHaveURL(/owner_id=/);
    await expect(page.getByRole("button", { name: `Owner ${name}` })).toBeVisible();
    await expect(grid.getByRole("rowheader", { name })).toBeVisible();
    await expect(grid.locator("th.is-meant")).toHaveCount(3);
    await expect(page.getByText(/^This quarter: /)).toContainText(sum);
    // The person and the sum.
    await expect(grid.getByRole("rowheader")).toHaveCount(2);
    expect(everybody).toBeGreaterThan(2);
    await audit(page);
  });

  test("a chart is read as a table and saved as picture and table", async ({ pageOf }) => {
    const page = await pageOf(director);
    await page.goto("/analytics/dynamics?period=last_12_months");
    const chart = page.getByRole("figure", { name: "New, won and lost deals" });
    await expect(chart.locator("svg, canvas").last()).toBeVisible();
    await expect(chart).toContainText(/ 20\d\d – \d/);
    for (const [kind, name] of [
      ["Table (CSV)", /\.csv$/],
      ["Picture (PNG)", /\.png$/],
    ] as const) {
      await chart.getByRole("button", { name: "Export" }).click();
      const saved = page.waitForEvent("download");
      await page.getByRole("menuitem", { name: kind }).click();
      expect((await saved).suggestedFilename()).toMatch(name);
    }
    await chart.getByRole("button", { name: "Show as a table" }).click();
    const table = chart.getByRole("table");
    const link = table.getByRole("link").filter({ hasText: /^[1-9]/ }).first();
    const count = await link.textContent();
    await link.click();
    await expect(sumOf(page.getByRole("dialog"), "Deals")).toHaveText(count ?? "");
  });

  test("an address that asks for what cannot be says what is wrong", async ({ pageOf, watch }) => {
    watch.expect(422, /\/analytics\/forecast$/);
    watch.expect(404, /\/analytics\/managers\//);
    const page = await pageOf(director);
    await page.goto("/analytics/forecast?from=2026-02-01&to=2026-01-01");
    const alert = page.getByRole("alert");
    await expect(alert).toContainText("Last day: is outside of what is possible");
    await audit(page);
    await alert.getByRole("link", { name: "Clear filters" }).click();
    await expect(page.getByRole("figure").first()).toBeVisible();
    await page.goto("/analytics/managers/00000000-0000-7000-8000-000000000000");
    await expect(alert).toContainText("Ask its owner");
    await expect(alert).not.toContainText("Nothing was changed");
  });

  test("everything is read in Russian @phone @dark", async ({ pageOf }) => {
    const page = await pageOf(russianManager);
    for (const [path, heading] of [
      ["/analytics?period=last_12_months", "Пульс"],
      ["/analytics/funnel?mode=flow&period=last_12_months", "Воронка"],
      ["/analytics/forecast", "Прогноз"],
      ["/analytics/targets", "План"],
      ["/analytics/leaderboard?period=last_12_months", "Рейтинг"],
      ["/analytics/dynamics?period=last_12_months", "Динамика"],
      ["/analytics/results?period=last_12_months", "Результаты"],
      ["/analytics/reasons?period=last_12_months", "Причины"],
      ["/analytics/stalling", "Застой"],
      ["/analytics/summary", "Сводка"],
    ] as const) {
      await page.goto(path);
      await expect(page.getByRole("heading", { level: 1, name: heading })).toBeVisible();
      const content = page.getByRole("table").or(page.getByRole("grid")).or(page.getByRole("figure"));
      await expect(content.first()).toBeVisible();
      await expect(page.getByRole("alert")).toHaveCount(0);
      await page.waitForLoadState("networkidle");
      await audit(page);
    }
    await page.goto("/analytics/stalling");
    await expect(page.getByRole("button", { name: "На сейчас" })).toBeVisible();
    await expect(page.getByRole("button", { name: "Период" })).toHaveCount(0);
    await page.goto("/analytics/forecast");
    const past = page.getByRole("figure", { name: "Каким был прогноз" });
    await expect(past.locator("svg text").filter({ hasText: "назад" })).toHaveCount(3);
    await page.goto("/analytics/funnel");
    const table = page.getByRole("table", { name: "Воронка в цифрах" });
    await expect(table.getByRole("rowheader", { name: "Переговоры" })).toBeVisible();
  });
});
