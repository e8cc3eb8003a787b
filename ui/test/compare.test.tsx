import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";
import { CompareDialog } from "@/features/compare/CompareDialog";
import { axeFindings, drawOnFake } from "./withFake";

async function people(fake: ReturnType<typeof drawOnFake>["fake"], count: number): Promise<string[]> {
  const told = await fake.commands.listUsers({ search: "" }, 0, count);
  if (told.status === "error") throw new Error("no people");
  return told.data.rows.map((row) => row.id);
}

it("shows what one person sees and the other does not, each ticket leading to its reason", async () => {
  const first = drawOnFake(<p>first</p>);
  const ids = await people(first.fake, 12);
  first.unmount();
  // The two who differ most obviously: one is found for whom the other's list is not empty.
  let found = false;
  for (const id of ids.slice(1)) {
    const view = drawOnFake(<CompareDialog people={[ids[0] as string, id]} onClose={vi.fn()} />);
    await waitFor(() => expect(screen.queryAllByRole("region").length > 0 || screen.queryByText("Both see the same tickets.")).toBeTruthy());
    const links = screen.queryAllByRole("link", { name: /^[0-9#]/ });
    if (links.length > 0) {
      expect(links[0]?.getAttribute("href")).toContain("why=");
      const side = screen.getAllByRole("region", { name: /^Only .+ sees \d+ tickets?$/ });
      expect(side).toHaveLength(2);
      const counts = side.map((one) => Number(/sees (\d+)/.exec(one.getAttribute("aria-label") ?? "")?.[1]));
      // At most fifty are named.
      expect(Math.min(counts[0] ?? 0, 50)).toBe(within(side[0] as HTMLElement).queryAllByRole("link").length);
      expect(await axeFindings()).toEqual([]);
      found = true;
    }
    view.unmount();
    if (found) break;
  }
  expect(found).toBe(true);
});

it("asks for two people, and not twice for the same", async () => {
  const first = drawOnFake(<p>first</p>);
  const [id] = await people(first.fake, 1);
  first.unmount();
  const onClose = vi.fn();
  const view = drawOnFake(<CompareDialog people={[id as string]} onClose={onClose} />);
  expect(await screen.findByText("Choose two people.")).toBeTruthy();
  expect(view.asked).not.toContain("comparePeople");
  const user = userEvent.setup();
  const field = screen.getByRole("combobox", { name: "The other" });
  await user.click(field);
  const options = await screen.findAllByRole("option");
  await user.click(options[options.length - 1] as HTMLElement);
  await waitFor(() => expect(view.asked).toContain("comparePeople"));
  fireEvent.click(screen.getAllByRole("button", { name: "Close" }).at(-1) as HTMLElement);
  expect(onClose).toHaveBeenCalledOnce();
});
