import { audit } from "../fixtures/audit.ts";
import { administrator, manager } from "../fixtures/people.ts";
import { unique } from "../fixtures/records.ts";
import { expect, test } from "../fixtures/test.ts";

test.describe("Settings", () => {
  test("a department and a person in it are added, who signs in, and is shut out again", async ({
    pageOf,
    page: door,
    watch,
  }) => {
    watch.expect(401, /\/auth\/(login|refresh)$/);
    const department = unique("Nordics");
    const name = unique("Astrid Holm");
    const email = `${name.replaceAll(" ", ".").toLowerCase()}@etalon.example`;
    const password = "four quiet wooden boats";
    const page = await pageOf(administrator);

    await page.goto("/settings/departments");
    await expect(page.getByRole("table", { name: "Departments" })).toBeVisible();
    await audit(page);
    await page.getByRole("main").getByRole("button", { name: "Add department" }).click();
    const form = page.getByRole("dialog", { name: "New department" });
    await form.getByRole("textbox", { name: "Name" }).fill(department);
    await form.getByRole("combobox", { name: "Department above" }).fill("Europe");
    await form.getByRole("option", { name: "Europe" }).click();
    await audit(page);
    await form.getByRole("button", { name: "Add department" }).click();
    await expect(page.getByText(`${department} is added`)).toBeVisible();
    await expect(page.getByRole("link", { name: department })).toBeVisible();

    await page.getByRole("link", { name: "People", exact: true }).click();
    await page.getByRole("button", { name: "Add person" }).click();
    const panel = page.getByRole("dialog", { name: "New person" });
    await panel.getByRole("textbox", { name: "Name" }).fill(name);
    await panel.getByRole("textbox", { name: "E-mail" }).fill(email);
    await panel.getByRole("combobox", { name: "Department" }).fill(department);
    await panel.getByRole("option", { name: department }).click();
    await panel.getByRole("textbox", { name: "Password" }).fill("short");
    await panel.getByRole("button", { name: "Add person" }).click();
    await expect(panel.getByRole("textbox", { name: "Password" })).toHaveAccessibleDescription(
      "is too short",
    );
    await panel.getByRole("textbox", { name: "Password" }).fill(password);
    await panel.getByRole("button", { name: "Add person" }).click();
    await expect(page.getByText(`${name} is added`)).toBeVisible();

    const signIn = async () => {
      await door.goto("/");
      await door.getByRole("textbox", { name: "E-mail" }).fill(email);
      await door.getByRole("textbox", { name: "Password" }).fill(password);
      await door.getByRole("button", { name: "Sign in", exact: true }).click();
    };
    await signIn();
    await expect(door.getByRole("heading", { name: /^My day/, level: 1 })).toBeVisible();

    await page.goto(`/settings/people?q=${encodeURIComponent(name)}`);
    await audit(page);
    const row = page.getByRole("row", { name });
    await expect(row).toContainText(department);
    await row.getByRole("button", { name: "More actions" }).click();
    await page.getByRole("menuitem", { name: "Deactivate" }).click();
    await expect(page.getByText(`${name} can no longer sign in`)).toBeVisible();
    await expect(row).toContainText("Inactive");

    await door.context().clearCookies();
    await signIn();
    await expect(door.getByRole("alert")).toBeVisible();
  });

  test("exchange rates are entered by hand", async ({ pageOf }) => {
    const page = await pageOf(administrator);
    await page.goto("/settings/rates");
    await expect(page.getByRole("table", { name: "Today" })).toBeVisible();
    await audit(page);
    await page.getByRole("button", { name: "Add rate" }).click();
    const dialog = page.getByRole("dialog", { name: "New rate" });
    await dialog.getByRole("combobox", { name: "One unit of" }).selectOption("ISK");
    await dialog.getByRole("textbox", { name: "Rate" }).fill("-1");
    await dialog.getByRole("button", { name: "Add rate" }).click();
    await expect(dialog.getByRole("textbox", { name: "Rate" })).toHaveAccessibleDescription(
      "is outside of what is possible",
    );
    await audit(page);
    await dialog.getByRole("textbox", { name: "Rate" }).fill("0,0072");
    await dialog.getByRole("button", { name: "Add rate" }).click();
    await expect(page.getByText("The rate is added")).toBeVisible();
    const today = page.getByRole("table", { name: "Today" });
    await expect(today.getByRole("row", { name: "ISK" })).toContainText("0.0072");
  });

  test("who does not manage sees the people and changes nothing", async ({ pageOf }) => {
    const page = await pageOf(manager);
    await page.goto("/settings/people");
    await expect(page.getByRole("table", { name: "People" })).toBeVisible();
    await expect(page.getByRole("button", { name: "Add person" })).toHaveCount(0);
    await page.goto("/settings/rates");
    await expect(page.getByRole("table", { name: "Today" })).toBeVisible();
    await expect(page.getByRole("button", { name: "Add rate" })).toHaveCount(0);
    await page.goto("/import");
    await expect(page.getByText("Import is for heads and administrators")).toBeVisible();
  });
});
