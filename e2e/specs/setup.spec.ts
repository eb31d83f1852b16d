import { audit } from "../fixtures/audit.ts";
import { expect, test } from "../fixtures/test.ts";

test.use({ content: "nothing" });

test("The first administrator is created by the link that the server prints, once @phone", async ({
  page,
  server,
  browser,
  watch,
}) => {
  watch.expect(409, /\/setup$/);
  await expect(() => expect(server.output()).toContain("/setup?token=")).toPass();
  const link = /\/setup\?token=\S+/.exec(server.output())?.[0] ?? "";
  await page.goto(link);
  await expect(page.getByRole("heading", { name: "Set up Etalon" })).toBeVisible();
  await audit(page);
  await page.getByRole("button", { name: "Create and sign in" }).click();
  await expect(page.getByRole("textbox", { name: "Name of the company" })).toBeFocused();
  await audit(page);
  await page.getByRole("textbox", { name: "Name of the company" }).fill("Bramble & Sons");
  await page.getByRole("combobox", { name: "Currency of all sums" }).selectOption("EUR");
  await page.getByRole("textbox", { name: "Your name" }).fill("Ada Bramble");
  await page.getByRole("textbox", { name: "E-mail" }).fill("ada@bramble.example");
  await page.getByRole("textbox", { name: "Password" }).fill("three old copper kettles");
  await page.getByRole("button", { name: "Create and sign in" }).click();
  await expect(page.getByRole("heading", { name: "Nothing planned" })).toBeVisible();
  await audit(page);
  await page.getByRole("button", { name: "My menu" }).click();
  await expect(page.getByRole("menu", { name: "My menu" })).toContainText("Administrator");

  // The link works only once.
  const stranger = await browser.newContext({ baseURL: server.url });
  watch.context(stranger);
  const late = await stranger.newPage();
  await late.goto(link);
  await late.getByRole("textbox", { name: "Name of the company" }).fill("Somebody else");
  await late.getByRole("combobox", { name: "Currency of all sums" }).selectOption("USD");
  await late.getByRole("textbox", { name: "Your name" }).fill("Mallory");
  await late.getByRole("textbox", { name: "E-mail" }).fill("mallory@bramble.example");
  await late.getByRole("textbox", { name: "Password" }).fill("three new copper kettles");
  await late.getByRole("button", { name: "Create and sign in" }).click();
  await expect(late.getByText("The set-up link is not valid any more.")).toBeVisible();
  await stranger.close();
});
