import { audit } from "../fixtures/audit.ts";
import { director, manager } from "../fixtures/people.ts";
import { expect, test } from "../fixtures/test.ts";

test.describe("Targets", () => {
  test("targets are entered and copied on, and fullness appears", async ({ pageOf }) => {
    const page = await pageOf(director);
    const year = new Date().getUTCFullYear() + 2;
    const funnel = `/analytics/funnel?from=${year}-01-01&to=${year}-12-31`;
    await page.goto(funnel);
    await expect(page.getByText("There is no target for this period")).toBeVisible();

    await page.goto("/analytics/targets");
    await page.getByRole("link", { name: "The year after" }).click();
    await page.getByRole("link", { name: "The year after" }).click();
    await expect(page.getByText(String(year), { exact: true })).toBeVisible();
    const grid = page.getByRole("grid", { name: "Targets" });
    const row = grid.getByRole("row").filter({ hasText: "Sofia Almeida" });
    const january = row.getByRole("gridcell").first();
    await january.click();
    await page.keyboard.press("Enter");
    const amount = page.getByRole("textbox", { name: "Amount" });
    await amount.fill("30k");
    await page.keyboard.press("Enter");
    await expect(amount).toHaveAttribute("aria-invalid", "true");
    await expect(amount).toHaveAccessibleDescription("Enter a number, such as 30,000");
    await expect(page.getByText("Enter a number, such as 30,000")).toBeVisible();
    await audit(page);
    // Neither a press elsewhere nor one on another cell throws it away.
    await page.getByRole("heading", { level: 1 }).click();
    await expect(amount).toHaveValue("30k");
    await row.getByRole("gridcell").nth(3).click();
    await expect(amount).toHaveValue("30k");
    await expect(amount).toBeFocused();
    await page.keyboard.press("Escape");
    await expect(amount).toHaveCount(0);
    await page.keyboard.press("Enter");
    await amount.fill("2o");
    await page.keyboard.press("Enter");
    await expect(amount).toHaveAttribute("aria-invalid", "true");
    await amount.fill("50,000");
    await expect(amount).not.toHaveAttribute("aria-invalid");
    await page.keyboard.press("Enter");
    await expect(january).toHaveText("50,000");
    await january.click();
    await page.getByRole("button", { name: "Copy to the months after" }).click();
    await expect(row.getByRole("gridcell").nth(11)).toHaveText("50,000");
    const department = grid.getByRole("row").filter({ hasText: "Europe" }).first();
    await expect(department.getByRole("gridcell").nth(11)).toHaveText("50,000");
    await audit(page);
    await page.reload();
    await expect(row.getByRole("gridcell").nth(11)).toHaveText("50,000");

    await page.goto(funnel);
    await expect(page.locator('dt:text-is("Target") + dd')).toHaveText(/^600/);
    await expect(page.locator('dt:text-is("Still to win") + dd')).toHaveText(/^600/);
    await expect(page.getByText("There is no target for this period")).toHaveCount(0);
  });

  test("one touch begins a target @phone-only", async ({ pageOf }) => {
    const page = await pageOf(director);
    await page.goto("/analytics/targets");
    await page.getByRole("link", { name: "The year after" }).tap();
    const grid = page.getByRole("grid", { name: "Targets" });
    const row = grid.getByRole("row").filter({ hasText: "Ethan Brooks" });
    const january = row.getByRole("gridcell").first();
    await january.tap();
    const amount = page.getByRole("textbox", { name: "Amount" });
    await expect(amount).toBeFocused();
    // What cannot be read is not lost by a touch elsewhere.
    await amount.fill("30k");
    await row.getByRole("gridcell").nth(1).tap();
    await expect(amount).toHaveValue("30k");
    await expect(amount).toHaveAttribute("aria-invalid", "true");
    await amount.fill("12,500");
    await row.getByRole("gridcell").nth(1).tap();
    await expect(january).toHaveText("12,500");
    await expect(amount).toBeFocused();
    await amount.press("Escape");
    await page.reload();
    await expect(january).toHaveText("12,500");
  });

  test("a manager reads that only his own deals count towards his target", async ({ pageOf }) => {
    const page = await pageOf(manager);
    const note = page.getByText(/only your deals count towards it/);
    for (const path of ["/analytics", "/analytics/forecast", "/analytics/funnel"]) {
      await page.goto(path);
      await expect(note).toBeVisible();
    }
  });
});
