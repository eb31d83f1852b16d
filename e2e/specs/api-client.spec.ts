import { anonymous, must, signedIn } from "../fixtures/api.ts";
import { director, manager, otherManager } from "../fixtures/people.ts";
import { createDeal, unique } from "../fixtures/records.ts";
import { expect, test } from "../fixtures/test.ts";

test.describe("A client that is generated from the description", () => {
  test("signs in, creates a deal and finds it again by filters", async ({ server }) => {
    const api = await signedIn(server.url, manager);
    const me = must(await api.GET("/api/v1/me"));
    expect(me.user.email).toBe(manager.email);
    const title = unique("Palletizer");
    const amount = { amount: "1250.50", currency: "USD" };
    const deal = await createDeal(api, { title, amount, category: "medium" });
    expect(deal.number).toMatch(/^D-\d{6}$/);
    expect(deal.amount).toEqual(amount);

    const found = must(
      await api.GET("/api/v1/deals", {
        params: {
          query: {
            q: title,
            status: ["open", "won"],
            owner_id: [me.user.id],
            amount_min: "1250.50",
            sort: "-amount",
            totals: true,
          },
        },
      }),
    );
    expect(found.items.map((each) => each.id)).toEqual([deal.id]);
    expect(found.totals?.count).toBe(1);
  });

  test("changes single fields only in the version it has seen", async ({ apiOf }) => {
    const api = await apiOf(manager);
    const deal = await createDeal(api);
    const patch = (version: number) =>
      api.PATCH("/api/v1/deals/{id}", {
        params: { path: { id: deal.id }, header: { "If-Match": `"${version}"` } },
        body: { source: "fair" },
      });
    const changed = must(await patch(deal.version));
    expect(changed.title).toBe(deal.title);
    expect(changed.source).toBe("fair");
    const refused = await patch(deal.version);
    expect(refused.response.status).toBe(412);
    expect(refused.error?.code).toBe("stale_version");
  });

  test("is told what is wrong with a form, field by field", async ({ apiOf }) => {
    const api = await apiOf(manager);
    const { error, response } = await api.POST("/api/v1/deals", { body: { title: "" } });
    expect(response.status).toBe(422);
    expect(error?.code).toBe("invalid_fields");
    expect(error?.errors).toMatchObject([{ field: "title", code: "required" }]);
  });

  test("finds nothing of what its owner may not see", async ({ server, apiOf }) => {
    const { id } = await createDeal(await apiOf(manager));
    const path = { id };
    const foreign = await (await apiOf(otherManager)).GET("/api/v1/deals/{id}", { params: { path } });
    expect(foreign.response.status).toBe(404);
    expect(must(await (await apiOf(director)).GET("/api/v1/deals/{id}", { params: { path } })).id).toBe(id);
    const nobody = await anonymous(server.url).GET("/api/v1/deals/{id}", { params: { path } });
    expect(nobody.response.status).toBe(401);
  });
});
