import { audit } from "../fixtures/audit.ts";
import { director, manager } from "../fixtures/people.ts";
import { createAccount, createDeal, unique } from "../fixtures/records.ts";
import { expect, test } from "../fixtures/test.ts";

test.describe("Accounts and contacts", () => {
  test("an account is created, gets a contact and shows its deals", async ({ pageOf, apiOf }) => {
    const name = unique("Halden Paper");
    const person = unique("Ingrid Vale");
    const page = await pageOf(manager);
    await page.goto("/accounts");
    await expect(page.getByRole("table", { name: "Accounts" })).toBeVisible();
    await audit(page);
    await page.getByRole("main").getByRole("button", { name: "New account" }).click();
    const panel = page.getByRole("dialog", { name: "New account" });
    await panel.getByRole("button", { name: "Create account" }).click();
    await expect(panel.getByRole("textbox", { name: "Name" })).toHaveAccessibleDescription(
      "must be filled in",
    );
    await audit(page);
    await panel.getByRole("textbox", { name: "Name" }).fill(name);
    await panel.getByRole("textbox", { name: "City" }).fill("Halden");
    await panel.getByRole("button", { name: "Create account" }).click();
    await expect(page.getByText(`${name} is created`)).toBeVisible();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(name);
    await expect(page.getByRole("heading", { name: "No deals" })).toBeVisible();
    await audit(page);

    const id = new URL(page.url()).pathname.split("/").at(-1) ?? "";
    const api = await apiOf(manager);
    const deal = await createDeal(api, { account_id: id });
    await page.reload();
    await expect(page.getByRole("link", { name: deal.title })).toBeVisible();
    await expect(page.getByRole("rowheader", { name: "1 deal" })).toBeVisible();

    await page.getByRole("main").getByRole("link", { name: "Contacts" }).click();
    await page.getByRole("main").getByRole("button", { name: "New contact" }).first().click();
    const form = page.getByRole("dialog", { name: "New contact" });
    await form.getByRole("textbox", { name: "Name" }).fill(person);
    await form.getByRole("textbox", { name: "E-mail" }).fill("no address");
    await form.getByRole("button", { name: "Create contact" }).click();
    await expect(form.getByRole("textbox", { name: "E-mail" })).toHaveAccessibleDescription(
      "is not an e-mail address",
    );
    await form.getByRole("textbox", { name: "E-mail" }).fill("ingrid.vale@halden.example");
    await form.getByRole("button", { name: "Create contact" }).click();
    await expect(page.getByText(`${person} is created`)).toBeVisible();
    await page.getByRole("main").getByRole("link", { name: person }).click();
    await expect(page.getByRole("heading", { level: 1, name: person })).toBeVisible();
    await expect(page.getByRole("main").getByRole("link", { name }).first()).toBeVisible();
    await audit(page);
  });

  test("only those who may see a deal find it at its account", async ({ pageOf, apiOf }) => {
    const account = await createAccount(await apiOf(manager));
    const own = await createDeal(await apiOf(manager), { account_id: account.id });
    const foreign = await createDeal(await apiOf(director), { account_id: account.id });
    const page = await pageOf(manager);
    await page.goto(`/accounts/${account.id}`);
    await expect(page.getByRole("link", { name: own.title })).toBeVisible();
    await expect(page.getByRole("link", { name: foreign.title })).toHaveCount(0);
    await expect(page.getByRole("rowheader", { name: "1 deal", exact: true })).toBeVisible();
  });

  test("an account is deleted and brought back", async ({ pageOf, apiOf }) => {
    const account = await createAccount(await apiOf(manager));
    const page = await pageOf(manager);
    await page.goto(`/accounts/${account.id}`);
    await page.getByRole("button", { name: "More actions" }).click();
    await page.getByRole("menuitem", { name: "Delete" }).click();
    await expect(page.getByText(`${account.name} is in the bin`)).toBeVisible();
    await page.getByRole("button", { name: "Undo" }).click();
    await expect(page.getByText(`${account.name} is out of the bin`)).toBeVisible();
    await page.goto(`/accounts?q=${encodeURIComponent(account.name)}`);
    await expect(page.getByRole("link", { name: account.name })).toBeVisible();
  });

  test("a record in the picker is created in place", async ({ pageOf }) => {
    const name = unique("Brandel Tools");
    const title = unique("Tool cabinet");
    const page = await pageOf(manager);
    await page.goto("/deals?new=deal");
    const panel = page.getByRole("dialog", { name: "New deal" });
    await panel.getByRole("textbox", { name: "Title" }).fill(title);
    await panel.getByRole("combobox", { name: "Account", exact: true }).fill(name);
    await panel.getByRole("option", { name: `Create “${name}”` }).click();
    await expect(panel.getByRole("combobox", { name: "Account", exact: true })).toHaveValue(name);
    await panel.getByRole("button", { name: "Create deal" }).click();
    await page.getByRole("main").getByRole("link", { name }).first().click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(name);
    await expect(page.getByRole("link", { name: title })).toBeVisible();
  });
});
