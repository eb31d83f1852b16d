import type { Page } from "@playwright/test";

import { audit } from "../fixtures/audit.ts";
import { administrator, manager } from "../fixtures/people.ts";
import { moveOn } from "../fixtures/guide.ts";
import { createReadyDeal } from "../fixtures/process.ts";
import { unique } from "../fixtures/records.ts";
import { expect, test } from "../fixtures/test.ts";

// A published version is for everybody, so these stories have a database of their own.
test.use({ content: "own demo" });

/** Opens the process that new deals follow. */
async function openUsualProcess(page: Page): Promise<void> {
  await page.goto("/settings/processes");
  const row = page.getByRole("row").filter({ hasText: "For new deals" });
  await expect(row).toBeVisible();
  await audit(page);
  await row.getByRole("link").first().click();
}

test.describe("The process editor", () => {
  test("an administrator adds a mandatory question, which only new deals are asked", async ({
    pageOf,
    apiOf,
  }) => {
    test.slow();
    const question = unique("Who else has a say?");
    const owner = await apiOf(manager);
    const old = await createReadyDeal(owner);
    const page = await pageOf(administrator);

    await test.step("begins a draft", async () => {
      await openUsualProcess(page);
      await audit(page);
      await page.getByRole("button", { name: "Begin the next version" }).click();
      await expect(page.getByText("Nobody works with it before it is published.")).toBeVisible();
      await page.getByRole("link", { name: /^1 Potential/ }).click();
      await audit(page);
    });

    await test.step("adds the question", async () => {
      await page.getByRole("button", { name: "Add step" }).click();
      const dialog = page.getByRole("dialog", { name: "New step" });
      await dialog.getByRole("textbox", { name: "Title in English" }).fill(question);
      await dialog.getByRole("button", { name: "Add step" }).click();
      const russian = dialog.getByRole("textbox", { name: "Title in Russian" });
      await expect(russian).toHaveAccessibleDescription(/must be filled in/);
      await russian.fill("Кто ещё влияет на решение?");
      await dialog.getByRole("checkbox", { name: "Mandatory" }).check();
      await audit(page);
      await dialog.getByRole("button", { name: "Add step" }).click();
      await expect(page.getByRole("link", { name: question })).toBeVisible();
      await audit(page);
      await page.getByRole("button", { name: "Save draft" }).click();
      await expect(page.getByText("The draft is saved")).toBeVisible();
    });

    await test.step("looks at what it changes", async () => {
      await page.getByRole("link", { name: "Preview", exact: true }).click();
      await expect(page.getByText(question).first()).toBeVisible();
      await audit(page);
      await page.getByRole("link", { name: "Changes", exact: true }).click();
      await expect(page.getByText(`step “${question}” is new`)).toBeVisible();
      await audit(page);
    });

    await test.step("publishes it and moves no deal", async () => {
      await page.getByRole("button", { name: "Publish" }).click();
      const dialog = page.getByRole("dialog", { name: /^Publish version/ });
      await expect(dialog.getByText(`step “${question}” is new`)).toBeVisible();
      await audit(page);
      await dialog.getByRole("button", { name: "Publish" }).click();
      const moving = page.getByRole("dialog", { name: /Move the deals in work/ });
      await expect(moving.getByText(question).first()).toBeVisible();
      await audit(page);
      await moving.getByRole("button", { name: "Not now" }).click();
      await page.getByRole("link", { name: "Versions", exact: true }).click();
      await expect(page.getByText("In use", { exact: true })).toBeVisible();
      await audit(page);
    });

    await test.step("a new deal is asked, an old one is not", async () => {
      const young = await createReadyDeal(owner);
      const own = await pageOf(manager);
      await own.goto(`/deals/${young.id}`);
      await expect(own.getByRole("heading", { name: question })).toBeVisible();
      await own.goto(`/deals/${old.id}`);
      await moveOn(own, "Needs analysis");
    });
  });

  test("a manager reads the process and changes nothing @phone @dark", async ({ pageOf }) => {
    const page = await pageOf(manager);
    await openUsualProcess(page);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expect(page.getByRole("button", { name: "Begin the next version" })).toHaveCount(0);
    await audit(page);
  });
});
