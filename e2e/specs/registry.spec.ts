import { audit } from "../fixtures/audit.ts";
import { createDeal, totals, unique } from "../fixtures/records.ts";
import { director, manager, viewer } from "../fixtures/people.ts";
import { expect, test } from "../fixtures/test.ts";

const number = new Intl.NumberFormat("en-GB");

test.describe("The registry", () => {
  test("filters and order stand in the address and survive reload and back", async ({ pageOf }) => {
    const page = await pageOf(director);
    await page.goto("/deals");
    const table = page.getByRole("table", { name: "Deals" });
    await expect(table).toBeVisible();
    await audit(page);

    await page.getByRole("button", { name: "Filter", exact: true }).click();
    await page.getByRole("menuitem", { name: "Owner" }).click();
    await page.getByRole("combobox", { name: "Search" }).fill(manager.name);
    await page.getByRole("option", { name: manager.name }).click();
    await expect(page).toHaveURL(/owner_id=/);
    await page.keyboard.press("Escape");
    const chip = page.getByRole("button", { name: `Owner ${manager.name}` });
    await expect(chip).toBeVisible();

    const amount = page.getByRole("columnheader", { name: "Amount" });
    await amount.getByRole("button").click();
    await expect(amount).toHaveAttribute("aria-sort", "descending");
    await expect(page).toHaveURL(/sort=-amount/);
    await audit(page);
    const titles = await table.locator("tbody").getByRole("link").allTextContents();
    expect(titles.length).toBeGreaterThan(0);

    await page.reload();
    await expect(chip).toBeVisible();
    await expect(amount).toHaveAttribute("aria-sort", "descending");
    await expect(table.locator("tbody").getByRole("link")).toHaveText(titles);

    await table.locator("tbody").getByRole("link").first().click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(titles[0] ?? "");
    await page.goBack();
    await expect(chip).toBeVisible();
    await expect(table.locator("tbody").getByRole("link")).toHaveText(titles);

    await page.getByRole("button", { name: "Remove the filter Owner" }).click();
    await expect(page).not.toHaveURL(/owner_id=/);
    await page.goBack();
    await expect(chip).toBeVisible();
  });

  test("totals cover the whole filtered set, and more is read on demand", async ({
    pageOf,
    apiOf,
  }) => {
    const expected = await totals(await apiOf(viewer), {});
    expect(expected.count).toBeGreaterThan(200);
    const page = await pageOf(viewer);
    await page.goto("/deals?status=all");
    const table = page.getByRole("table", { name: "Deals" });
    const rows = table.locator("tbody").getByRole("row");
    await expect(table.getByRole("rowheader", { name: "deals" })).toHaveText(
      `${number.format(expected.count)} deals`,
    );
    const { sum } = expected;
    const shown = new Intl.NumberFormat("en-GB", {
      minimumFractionDigits: Number.isInteger(sum) ? 0 : 2,
    }).format(sum);
    await expect(table.locator("tfoot")).toContainText(shown);
    const first = await rows.count();
    expect(first).toBeLessThan(expected.count);
    const more = page.getByRole("button", { name: "Load more" });
    await expect(async () => {
      if (await more.isVisible()) {
        await more.click();
      }
      expect(await rows.count()).toBe(expected.count);
    }).toPass();
    await expect(more).toHaveCount(0);
  });

  test("text search narrows as one types and can be cleared", async ({ pageOf, apiOf }) => {
    const api = await apiOf(manager);
    const word = unique("Zeppelin");
    await createDeal(api, { title: `${word} hangar` });
    await createDeal(api, { title: `${word} mast` });
    const page = await pageOf(manager);
    await page.goto("/deals");
    await expect(page.getByRole("table", { name: "Deals" })).toBeVisible();
    await page.keyboard.press("/");
    const search = page.getByRole("searchbox", { name: "Search deals" });
    await expect(search).toBeFocused();
    await search.fill(`${word} mast`);
    await expect(page).toHaveURL(/q=Zeppelin/);
    await expect(page.getByRole("rowheader", { name: "1 deal", exact: true })).toBeVisible();
    await expect(page.getByRole("link", { name: `${word} mast` })).toBeVisible();
    await search.fill("nothing is called like this");
    await expect(page.getByRole("heading", { name: "No deals match" })).toBeVisible();
    await audit(page);
    await page.getByRole("link", { name: "Clear filters" }).click();
    await expect(page.getByRole("table", { name: "Deals" })).toBeVisible();
  });

  test("arrow keys go through the rows and Enter opens one", async ({ pageOf }) => {
    const page = await pageOf(director);
    await page.goto("/deals?status=won&sort=-amount");
    const links = page.getByRole("table", { name: "Deals" }).locator("tbody").getByRole("link");
    await links.first().focus();
    await page.keyboard.press("ArrowDown");
    await expect(links.nth(1)).toBeFocused();
    const title = await links.nth(1).innerText();
    await page.keyboard.press("Enter");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(title);
  });
});
