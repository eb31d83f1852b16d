import { audit } from "../fixtures/audit.ts";
import { card, column, drag, moveByKeyboard } from "../fixtures/board.ts";
import { manager, viewer } from "../fixtures/people.ts";
import { createReadyDeal } from "../fixtures/process.ts";
import { createDeal, getDeal } from "../fixtures/records.ts";
import { expect, test } from "../fixtures/test.ts";

function boardOf(title: string): string {
  return `/deals?q=${encodeURIComponent(title)}&view=board`;
}

test.describe("The board", () => {
  test("a deal is dragged to the next stage, and its history tells so", async ({
    pageOf,
    apiOf,
  }) => {
    const api = await apiOf(manager);
    const { id, title } = await createReadyDeal(api);
    const page = await pageOf(manager);
    await page.goto(boardOf(title));
    await expect(card(column(page, "Potential"), title)).toBeVisible();
    await audit(page);

    await drag(page, title, "Needs analysis");
    await expect(page.getByText(`${title} is now in Needs analysis`)).toBeAttached();
    await expect(card(column(page, "Needs analysis"), title)).toBeVisible();
    await expect(card(column(page, "Potential"), title)).toHaveCount(0);
    expect((await getDeal(api, id)).stage).toBe("needs");

    await card(page, title).click();
    await page.getByRole("link", { name: "History" }).click();
    await expect(page.getByText("Potential → Needs analysis")).toBeVisible();
  });

  test("a deal is moved by keyboard, put back by Escape", async ({ pageOf, apiOf }) => {
    const api = await apiOf(manager);
    const { id, title } = await createReadyDeal(api);
    const page = await pageOf(manager);
    await page.goto(boardOf(title));
    await moveByKeyboard(page, title, 1);
    await expect(page.getByText(`${title} is now in Needs analysis`)).toBeAttached();
    await expect(card(page, title)).toBeFocused();

    await page.keyboard.press("Space");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Escape");
    await expect(page.getByText(`${title} stays in Needs analysis`)).toBeAttached();
    await expect(card(column(page, "Needs analysis"), title)).toBeVisible();
    expect((await getDeal(api, id)).stage).toBe("needs");
  });

  test("a refused move goes back and says why", async ({ pageOf, apiOf, watch }) => {
    watch.expect(412, /\/stage$/);
    const api = await apiOf(manager);
    const deal = await createDeal(api);
    const page = await pageOf(manager);
    await page.goto(boardOf(deal.title));
    await expect(card(column(page, "Potential"), deal.title)).toBeVisible();
    // Somebody else changes the deal meanwhile.
    await api.PATCH("/api/v1/deals/{id}", {
      params: { path: { id: deal.id } },
      body: { source: "fair" },
    });
    await drag(page, deal.title, "Needs analysis");
    await expect(page.getByText(`“${deal.title}” stays where it was.`)).toBeVisible();
    await expect(card(column(page, "Potential"), deal.title)).toBeVisible();
  });

  test("a deal that has not done its steps goes back, and what is missing is shown", async ({
    pageOf,
    apiOf,
    watch,
  }) => {
    watch.expect(409, /\/stage$/);
    const api = await apiOf(manager);
    const { id, title } = await createDeal(api);
    const page = await pageOf(manager);
    await page.goto(boardOf(title));
    await moveByKeyboard(page, title, 1);
    const dialog = page.getByRole("dialog", { name: "Before Needs analysis" });
    await expect(dialog.getByText("2 things are missing.")).toBeVisible();
    await expect(dialog.getByText("Only a head or an administrator")).toBeVisible();
    await audit(page);
    await dialog.getByRole("link", { name: "Decide: pursue, reject or hand over" }).click();
    await expect(page).toHaveURL(new RegExp(`/deals/${id}\\?step=go_no_go`));
    await expect(page.getByRole("radiogroup", { name: "Decision" })).toBeVisible();
    expect((await getDeal(api, id)).stage).toBe("potential");
  });

  test("a deal that is dropped on an ending asks for the reason", async ({ pageOf, apiOf }) => {
    const api = await apiOf(manager);
    const { id, title } = await createDeal(api, { amount: { amount: "100", currency: "USD" } });
    const page = await pageOf(manager);
    await page.goto(boardOf(title));
    // Right of the seven stages lie the four endings: won, lost, …
    await moveByKeyboard(page, title, 8);
    const dialog = page.getByRole("dialog", { name: "Close the deal" });
    await expect(dialog.getByRole("combobox", { name: "Outcome" })).toHaveValue("lost");
    await audit(page);
    await dialog.getByRole("textbox", { name: "Reason" }).fill("The plant is closed");
    await dialog.getByRole("button", { name: "Mark as lost" }).click();
    await expect(page.getByText(`“${title}” is closed`)).toBeVisible();
    expect((await getDeal(api, id)).status).toBe("lost");
  });

  test("who only reads can move nothing", async ({ pageOf }) => {
    const page = await pageOf(viewer);
    await page.goto("/deals?view=board");
    const first = column(page, "Potential").getByRole("link").first();
    await first.focus();
    await page.keyboard.press("Space");
    await expect(page.getByText("is lifted from")).toHaveCount(0);
    await expect(page.getByRole("button", { name: "New deal" })).toHaveCount(0);
  });
});
