import type { Page } from "@playwright/test";

import { must } from "../fixtures/api.ts";
import { audit } from "../fixtures/audit.ts";
import { administrator, director, russianManager } from "../fixtures/people.ts";
import { createDeal } from "../fixtures/records.ts";
import { endOfLastMonth, sumOf } from "../fixtures/reports.ts";
import { expect, test } from "../fixtures/test.ts";

/** Nothing on the wall is cut off. */
async function expectWholeTiles(page: Page): Promise<void> {
  for (const tile of await page.locator(".wall-tile").all()) {
    const cut = await tile.evaluate(
      (each) => each.scrollHeight > each.clientHeight + 1 || each.scrollWidth > each.clientWidth + 1,
    );
    expect(cut, await tile.innerText()).toBe(false);
  }
}

test.describe("Pulse", () => {
  test("Sales Pulse changes while a deal is won in another browser", async ({ pageOf, apiOf }) => {
    const api = await apiOf(director);
    const deal = await createDeal(api, { amount: { amount: "1234567.00", currency: "EUR" } });
    const wall = await pageOf(administrator);
    await wall.goto("/analytics?period=this_year");
    await expect(wall.getByText("Updated at")).toBeVisible();
    const won = wall.locator("dl.figures").getByRole("link").first();
    const before = await won.textContent();

    const page = await pageOf(director);
    await page.goto(`/deals/${deal.id}`);
    await page.getByRole("button", { name: "More actions" }).click();
    await page.getByRole("menuitem", { name: "Mark as won" }).click();
    const dialog = page.getByRole("dialog", { name: "Close the deal" });
    await dialog.getByRole("textbox", { name: "Reason", exact: true }).fill("The best offer");
    // What the win lacks is known before the press, so that nothing is sent without a reason.
    const allTheSame = dialog.getByRole("textbox", { name: "Reason to go on all the same" });
    await expect(allTheSame).toBeVisible();
    await expect(dialog.getByRole("button", { name: "Mark as won" })).toBeInViewport({ ratio: 1 });
    await dialog.getByRole("button", { name: "Mark as won" }).click();
    await allTheSame.fill("Signed at the fair");
    await dialog.getByRole("button", { name: "Mark as won" }).click();
    await expect(page.getByText("This deal is closed: Won")).toBeVisible();

    await expect(won).not.toHaveText(before ?? "", { timeout: 40_000 });
    await expect(wall.getByRole("link", { name: deal.title }).first()).toBeVisible();
  });

  test("the wall display fits a large screen and is left again @dark", async ({ pageOf }) => {
    const page = await pageOf(director);
    await page.setViewportSize({ width: 1920, height: 1080 });
    await page.goto("/analytics?period=this_year");
    await page.getByRole("button", { name: "Wall display" }).click();
    await expect(page).toHaveURL(/wall=1/);
    await expect(page.getByRole("heading", { name: "Funnel now" })).toBeVisible();
    await expect(page.getByRole("navigation")).toHaveCount(0);
    await audit(page);
    const numbers = page.locator(".wall-money");
    await expect(numbers.first()).toBeVisible();
    for (const number of await numbers.all()) {
      const size = await number.evaluate((each) => Number.parseFloat(getComputedStyle(each).fontSize));
      expect(size).toBeGreaterThanOrEqual(40);
    }
    for (const [width, height] of [[1920, 1080], [1280, 720], [1024, 768]] as const) {
      await page.setViewportSize({ width, height });
      await expectWholeTiles(page);
    }
    await page.getByRole("button", { name: "Leave the wall display" }).click();
    await expect(page.getByRole("button", { name: "Wall display" })).toBeVisible();
  });

  test("the wall display fits in Russian, too, and Escape leaves it @phone", async ({
    pageOf,
    isMobile,
  }) => {
    const page = await pageOf(russianManager);
    if (!isMobile) {
      await page.setViewportSize({ width: 1440, height: 900 });
    }
    await page.goto("/analytics?period=this_year&wall=1");
    await expect(page.getByRole("heading", { name: "Воронка сейчас" })).toBeVisible();
    await expectWholeTiles(page);
    await page.keyboard.press("Escape");
    await expect(page).not.toHaveURL(/wall=1/);
    await expect(page.getByRole("button", { name: "На экран" })).toBeVisible();
  });

  test("what is won is compared with the same days of the period before", async ({
    pageOf,
    apiOf,
  }) => {
    const page = await pageOf(director);
    await page.goto("/analytics?period=last_year");
    const before = page.locator('.figure:has(dt:text-is("Won the period before"))');
    await expect(before).toBeVisible();
    await expect(before).not.toContainText("first");
    // The weeks are those up to now and the funnel is that of now, whatever the period.
    await expect(page.getByRole("figure", { name: "Funnel now" })).toContainText("As of");
    const weeks = page.getByRole("figure", { name: "New, won and lost by week" });
    await expect(weeks).toContainText(/ 20\d\d – \d/);
    await expect(weeks).not.toContainText("Last year");
    const today = new Date();
    const day = (days: number): string =>
      new Date(today.getTime() + days * 86_400_000).toISOString().slice(0, 10);
    const [from, to] = [day(-99), day(100)];
    const query = { from, to };
    const pulse = must(await (await apiOf(director)).GET("/api/v1/analytics/pulse", { params: { query } }));
    const { period, deals } = pulse.won_before_so_far;
    // Half of two hundred days have passed.
    const length = (Date.parse(period.to) - Date.parse(period.from)) / 86_400_000 + 1;
    expect(Math.abs(length - 100)).toBeLessThanOrEqual(1);
    expect(deals, "the demo company won something then").toBeGreaterThan(0);
    await page.goto(`/analytics?from=${from}&to=${to}`);
    await expect(before).toContainText(`its first ${length} days`);
    await before.locator(".figure-note").getByRole("link").click();
    await expect(sumOf(page.getByRole("dialog"), "Deals")).toHaveText(String(deals));
  });

  test("pulse tells of now, whatever day the funnel was told as of", async ({ pageOf }) => {
    const page = await pageOf(director);
    await page.goto(`/analytics/funnel?as_of=${endOfLastMonth()}`);
    await page.getByRole("navigation", { name: "Reports" }).getByRole("link", { name: "Pulse" }).click();
    const late = page.locator('dt:text-is("Past due") + dd').getByRole("link");
    const count = await late.innerText();
    await late.click();
    const panel = page.getByRole("dialog");
    await expect(sumOf(panel, "Deals")).toHaveText(count);
    await expect(panel.getByText("As of now")).toBeVisible();
    // They are open: the day is the one that was expected.
    await expect(panel.locator(".rows-facts").first()).toContainText("expected");
  });
});
