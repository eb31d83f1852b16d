import { audit } from "../fixtures/audit.ts";
import { director, manager } from "../fixtures/people.ts";
import { expect, test } from "../fixtures/test.ts";

test.describe("Signing in", () => {
  test("a wrong password is refused in words, the right one lets in", async ({ page, watch }) => {
    watch.expect(401, /\/auth\/login$/);
    await page.goto("/");
    await expect(page.getByRole("heading", { name: "Sign in to Etalon" })).toBeVisible();
    await audit(page);

    await page.getByRole("textbox", { name: "E-mail" }).fill(manager.email);
    await page.getByRole("textbox", { name: "Password" }).fill("not my password");
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await expect(page.getByRole("alert")).toHaveText(
      "The e-mail address or the password is wrong.",
    );
    await audit(page);

    await page.getByRole("textbox", { name: "Password" }).fill(manager.password);
    await page.getByRole("textbox", { name: "Password" }).press("Enter");
    await expect(page.getByRole("heading", { name: /^My day/, level: 1 })).toBeVisible();
  });

  test("empty fields are named and the first gets the focus", async ({ page }) => {
    await page.goto("/");
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    const email = page.getByRole("textbox", { name: "E-mail" });
    await expect(email).toBeFocused();
    await expect(email).toHaveAccessibleDescription("must be filled in");
  });

  test("a person of the demo signs in with one press, stays after a reload, signs out @phone", async ({
    page,
  }) => {
    await page.goto("/");
    const people = page.getByRole("region", { name: "Demo company: choose a person" });
    await people.getByRole("button", { name: director.name }).click();
    await expect(page.getByRole("heading", { name: /^My day/, level: 1 })).toBeVisible();

    await page.reload();
    await expect(page.getByRole("heading", { name: /^My day/, level: 1 })).toBeVisible();

    await page.getByRole("button", { name: "My menu" }).click();
    await expect(page.getByRole("menu", { name: "My menu" })).toContainText(director.name);
    await page.getByRole("menuitem", { name: "Sign out" }).click();
    await expect(page.getByRole("heading", { name: "Sign in to Etalon" })).toBeVisible();

    await page.reload();
    await expect(page.getByRole("heading", { name: "Sign in to Etalon" })).toBeVisible();
  });

  test("a shared link opens after signing in", async ({ page }) => {
    await page.goto("/deals?status=won&sort=-amount");
    const people = page.getByRole("region", { name: "Demo company: choose a person" });
    await people.getByRole("button", { name: director.name }).click();
    await expect(page.getByRole("columnheader", { name: "Amount" })).toHaveAttribute(
      "aria-sort",
      "descending",
    );
    await expect(page).toHaveURL(/\/deals\?.*status=won/);
  });
});
