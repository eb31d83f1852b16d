import { audit } from "../fixtures/audit.ts";
import { administrator } from "../fixtures/people.ts";
import { hasSamples, noSamples, sample } from "../fixtures/sample.ts";
import { expect, test } from "../fixtures/test.ts";

test.use({ content: "own demo" });

test.describe("Exchange rates of the European Central Bank", () => {
  test.skip(!hasSamples, noSamples);

  test("are imported from the file as it is published, twice without change", async ({
    pageOf,
  }) => {
    test.slow();
    const page = await pageOf(administrator);
    await page.goto("/settings/rates");
    const file = page.getByLabel("Import ECB file", { exact: true }).and(page.locator("input"));
    const dialog = page.getByRole("dialog", { name: "Rates are imported" });
    await file.setInputFiles(sample("ecb_fx", "eurofxref-hist.csv"));
    await expect(dialog).toBeVisible({ timeout: 120_000 });
    await expect(dialog).toContainText("From 4 Jan 1999 to 24 Jan 2025");
    await expect(dialog).toContainText("New184,954");
    await audit(page);
    await dialog.locator("footer").getByRole("button", { name: "Close" }).click();

    await file.setInputFiles(sample("ecb_fx", "eurofxref-hist.csv"));
    await expect(dialog).toBeVisible({ timeout: 120_000 });
    await expect(dialog.getByText("New", { exact: true }).locator("xpath=..")).toContainText("0");
  });
});
