import { audit } from "../fixtures/audit.ts";
import { director, manager } from "../fixtures/people.ts";
import { createReadyDeal } from "../fixtures/process.ts";
import { createAccount, createDeal, getDeal, unique } from "../fixtures/records.ts";
import { expect, test } from "../fixtures/test.ts";

test.describe("A deal", () => {
  test("is created, after the form has said what is missing @phone", async ({ pageOf, apiOf }) => {
    const account = await createAccount(await apiOf(manager));
    const title = unique("Conveyor upgrade");
    const page = await pageOf(manager);
    await page.goto("/deals");
    await page.getByRole("main").getByRole("button", { name: "New deal" }).click();
    await expect(page).toHaveURL(/new=deal/);
    const panel = page.getByRole("dialog", { name: "New deal" });
    await panel.getByRole("textbox", { name: "Amount" }).fill("much");
    await panel.getByRole("button", { name: "Create deal" }).click();
    const name = panel.getByRole("textbox", { name: "Title" });
    await expect(panel.getByText("2 fields need a correction")).toBeVisible();
    await expect(name).toHaveAccessibleDescription("must be filled in");
    await expect(panel.getByRole("textbox", { name: "Amount" })).toHaveAccessibleDescription(
      "is not in the expected form",
    );
    await audit(page);

    await name.fill(title);
    await panel.getByRole("textbox", { name: "Amount" }).fill("12 500,50");
    await panel.getByRole("combobox", { name: "Amount: currency" }).selectOption("EUR");
    await panel.getByRole("combobox", { name: "Account", exact: true }).fill(account.name);
    await panel.getByRole("option", { name: account.name, exact: true }).click();
    await panel.getByLabel("Expected close", { exact: true }).fill("2031-05-20");
    await panel.getByRole("button", { name: "Create deal" }).click();

    await expect(page.getByText(`“${title}” is created`)).toBeVisible();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(title);
    await expect(page.getByRole("link", { name: account.name }).first()).toBeVisible();
    await expect(page.getByText("12,500.50").first()).toBeVisible();
    await audit(page);
    await page.goto("/deals?sort=-created_at");
    await expect(page.getByRole("link", { name: title })).toBeVisible();
  });

  test("a form asks before it throws away what was typed", async ({ pageOf }) => {
    const page = await pageOf(manager);
    await page.goto("/deals?new=deal");
    const panel = page.getByRole("dialog", { name: "New deal" });
    await panel.getByRole("textbox", { name: "Title" }).fill("Half a thought");
    await page.keyboard.press("Escape");
    const question = page.getByRole("dialog", { name: "Leave without saving?" });
    await audit(page);
    await question.getByRole("button", { name: "Cancel" }).click();
    await expect(panel.getByRole("textbox", { name: "Title" })).toHaveValue("Half a thought");
    await panel.getByRole("button", { name: "Cancel" }).click();
    await question.getByRole("button", { name: "Leave" }).click();
    await expect(page).not.toHaveURL(/new=deal/);
  });

  test("is edited field by field and in the title, and the history tells old and new", async ({
    pageOf,
    apiOf,
  }) => {
    const { id, title } = await createDeal(await apiOf(manager), { source: "web" });
    const page = await pageOf(manager);
    await page.goto(`/deals/${id}?edit=source`);
    const panel = page.getByRole("dialog");
    await expect(panel.getByRole("textbox", { name: "Source" })).toBeFocused();
    await panel.getByRole("textbox", { name: "Source" }).fill("fair");
    await panel.getByRole("button", { name: "Save" }).click();
    await expect(page.getByText("Saved")).toBeVisible();

    await page.getByRole("button", { name: title }).click();
    await page.getByRole("textbox", { name: "Title" }).fill(`${title}, phase two`);
    await page.keyboard.press("Enter");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(`${title}, phase two`);

    await page.getByRole("link", { name: "History" }).click();
    await expect(page).toHaveURL(/tab=history/);
    const entry = page.getByRole("listitem").filter({ hasText: "fair" });
    await expect(entry.first()).toContainText("web");
    await expect(page.getByText(`${title}, phase two`).last()).toBeVisible();
    await audit(page);
  });

  test("is lost with a reason, reopened by the head, and tells both", async ({ pageOf, apiOf }) => {
    const { id, title } = await createDeal(await apiOf(manager));
    const page = await pageOf(manager);
    await page.goto(`/deals/${id}`);
    await page.getByRole("button", { name: "More actions" }).click();
    await audit(page);
    await page.getByRole("menuitem", { name: "Mark as lost" }).click();
    const dialog = page.getByRole("dialog", { name: "Close the deal" });
    await dialog.getByRole("button", { name: "Mark as lost" }).click();
    await expect(dialog.getByRole("textbox", { name: "Reason" })).toHaveAccessibleDescription(
      "must be filled in",
    );
    await dialog.getByRole("textbox", { name: "Reason" }).fill("No budget this year");
    await dialog.getByRole("button", { name: "Mark as lost" }).click();
    await expect(page.getByText(`“${title}” is closed`)).toBeVisible();
    await expect(page.getByText("No budget this year").first()).toBeVisible();
    await expect(page.getByRole("button", { name: "Reopen" })).toHaveCount(0);

    const head = await pageOf(director);
    await head.goto(`/deals/${id}`);
    await head.getByRole("button", { name: "Reopen" }).click();
    const question = head.getByRole("dialog", { name: "Reopen the deal" });
    await question.getByRole("textbox", { name: "Reason" }).fill("The budget came after all");
    await question.getByRole("button", { name: "Reopen" }).click();
    await expect(head.getByText(`“${title}” is open again`)).toBeVisible();
    await head.getByRole("link", { name: "History" }).click();
    await expect(head.getByText("The budget came after all")).toBeVisible();
    await expect(head.getByText("Closed: Lost")).toBeVisible();
    await expect(head.getByText("Reopened in Potential")).toBeVisible();
    await audit(head);
  });

  test("is deleted and brought back, at once and from the bin", async ({ pageOf, apiOf, watch }) => {
    // The page asks once more for its guide when the deal is gone before the page is.
    watch.expect(404, /\/guide$/);
    const api = await apiOf(manager);
    const { id, title } = await createDeal(api);
    const page = await pageOf(manager);
    const remove = async () => {
      await page.goto(`/deals/${id}`);
      await page.getByRole("button", { name: "More actions" }).click();
      await page.getByRole("menuitem", { name: "Delete" }).click();
      await expect(page.getByText(`“${title}” is in the bin`)).toBeVisible();
      await expect(page).toHaveURL(/\/deals$/);
    };
    await remove();
    await page.getByRole("button", { name: "Undo" }).click();
    await expect(page.getByText(`“${title}” is restored`)).toBeVisible();
    await expect(page.getByRole("link", { name: title })).toBeVisible();

    await remove();
    await page.getByRole("link", { name: "Bin", exact: true }).click();
    await expect(page).toHaveURL(/deleted=true/);
    const row = page.getByRole("row", { name: title });
    await audit(page);
    await row.getByRole("button", { name: "Restore" }).click();
    await expect(page.getByText(`“${title}” is restored`)).toBeVisible();
    expect((await getDeal(api, id)).deleted_at ?? null).toBeNull();
  });

  test("goes to the next stage by its one primary button", async ({ pageOf, apiOf }) => {
    const { id } = await createReadyDeal(await apiOf(manager));
    const page = await pageOf(manager);
    await page.goto(`/deals/${id}?tab=fields`);
    await page.getByRole("button", { name: "Move on to Needs analysis" }).click();
    await expect(page.getByText("Moved to Needs analysis")).toBeVisible();
    await expect(page.getByRole("button", { name: "How do they solve it today?" })).toBeVisible();
  });
});
