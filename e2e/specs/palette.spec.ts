import { audit } from "../fixtures/audit.ts";
import { manager } from "../fixtures/people.ts";
import { createDeal } from "../fixtures/records.ts";
import { expect, test } from "../fixtures/test.ts";

for (const keys of ["Control+k", "Meta+k"]) {
  test(`The palette opens by ${keys} and leads to a deal by a few letters`, async ({
    pageOf,
    apiOf,
  }) => {
    const { title } = await createDeal(await apiOf(manager));
    const page = await pageOf(manager);
    await page.goto("/contacts");
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await page.keyboard.press(keys);
    const palette = page.getByRole("dialog", { name: "Go to" });
    const input = palette.getByRole("combobox");
    await expect(input).toBeFocused();
    await audit(page);
    await page.keyboard.press("Escape");
    await expect(palette).toHaveCount(0);

    await page.keyboard.press(keys);
    await input.fill(title);
    await expect(palette.getByRole("option", { name: title })).toHaveAttribute(
      "aria-selected",
      "true",
    );
    await page.keyboard.press("Enter");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(title);
  });
}

test("The palette leads to sections and begins new records", async ({ pageOf }) => {
  const page = await pageOf(manager);
  await page.goto("/deals");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await page.keyboard.press("Control+k");
  await page.getByRole("dialog", { name: "Go to" }).getByRole("combobox").fill("analyt");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/analytics$/);
  await page.keyboard.press("Control+k");
  await page.getByRole("dialog", { name: "Go to" }).getByRole("combobox").fill("new deal");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog", { name: "New deal" })).toBeVisible();
});
