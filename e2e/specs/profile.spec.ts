import { randomUUID } from "node:crypto";

import { audit } from "../fixtures/audit.ts";
import { must } from "../fixtures/api.ts";
import { administrator, manager, type Person } from "../fixtures/people.ts";
import { expect, test } from "../fixtures/test.ts";

test.describe("The own profile", () => {
  /** Somebody whose profile no other story reads. */
  let person: Person;

  test.beforeEach(async ({ apiOf }) => {
    const mailbox = randomUUID();
    person = {
      name: `Nora ${mailbox.slice(0, 8)}`,
      email: `${mailbox}@etalon.example`,
      password: "seven slow green trams",
    };
    const api = await apiOf(administrator);
    must(await api.POST("/api/v1/users", { body: { ...person, role: "manager" } }));
  });

  test("the language is switched to Russian and stays", async ({ pageOf }) => {
    const page = await pageOf(person);
    await page.goto("/settings");
    await expect(page.getByRole("heading", { name: "Profile" })).toBeVisible();
    await audit(page);
    await page.getByRole("combobox", { name: "Language" }).selectOption("ru");
    await page.getByRole("button", { name: "Save" }).click();
    await expect(page.getByRole("heading", { name: "Профиль" })).toBeVisible();
    await expect(page.locator("html")).toHaveAttribute("lang", "ru");
    await audit(page);

    await page.reload();
    await expect(page.getByRole("heading", { name: "Профиль" })).toBeVisible();
    await page.goto("/deals");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Сделки");
    await page.getByRole("button", { name: "Моё меню" }).click();
    await page.getByRole("menuitem", { name: "English" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Deals");
  });

  test("the dark theme is chosen and stays", async ({ pageOf }) => {
    const page = await pageOf(person);
    await page.goto("/deals");
    const root = page.locator("html");
    await expect(root).toHaveAttribute("data-theme", "etalon-light");
    await page.getByRole("button", { name: "My menu" }).click();
    await page.getByRole("menuitem", { name: "Dark" }).click();
    await expect(root).toHaveAttribute("data-theme", "etalon-dark");
    await page.reload();
    await expect(root).toHaveAttribute("data-theme", "etalon-dark");
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await audit(page);
  });

  test("the system's dark theme is followed @dark", async ({ pageOf, page: probe }) => {
    const isDark = await probe.evaluate(() => matchMedia("(prefers-color-scheme: dark)").matches);
    const page = await pageOf(manager);
    await page.goto("/deals");
    await expect(page.locator("html")).toHaveAttribute(
      "data-theme",
      isDark ? "etalon-dark" : "etalon-light",
    );
  });

  test("a new password ends the other sessions", async ({ pageOf, watch }) => {
    watch.expect(401, /\/api\/v1\//);
    watch.expect(422, /\/me\/password$/);
    const elsewhere = await pageOf(person);
    await elsewhere.goto("/deals");
    await expect(elsewhere.getByRole("heading", { level: 1 })).toBeVisible();
    const page = await pageOf(person);
    await page.goto("/settings");
    await page.getByRole("textbox", { name: "Present password" }).fill("not it at all");
    await page.getByRole("textbox", { name: "New password" }).fill("nine loud orange kites");
    await page.getByRole("button", { name: "Change password" }).click();
    await expect(
      page.getByRole("textbox", { name: "Present password" }),
    ).toHaveAccessibleDescription("is not the present password");
    await page.getByRole("textbox", { name: "Present password" }).fill(person.password);
    await page.getByRole("button", { name: "Change password" }).click();
    await expect(page.getByText("The password is changed.")).toBeVisible();
    await page.reload();
    await expect(page.getByRole("heading", { name: "Profile" })).toBeVisible();
    await elsewhere.reload();
    await expect(elsewhere.getByRole("heading", { name: "Sign in to Etalon" })).toBeVisible();
  });
});
