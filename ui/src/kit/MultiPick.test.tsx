import { fireEvent, screen, waitFor } from "@testing-library/react";
import { useState } from "react";
import { describe, expect, it } from "vitest";
import { renderKit } from "../../test/render";
import { axeFindings } from "../../test/withFake";
import { type Choice, MultiPick } from "./MultiPick";

const accounts: Choice[] = [
  { value: "1", label: "Brno Papír", key: "BRNO" },
  { value: "2", label: "Müller, Söhne & Co", key: "MUELLER" },
  { value: "3", label: "Brno Papír East", key: "BRNO-E" },
  { value: "4", label: "Twin", key: "T-1" },
  { value: "5", label: "Twin", key: "T-2" },
];
const search = (text: string) =>
  Promise.resolve(accounts.filter(({ label, key }) => `${label} ${key}`.toLowerCase().includes(text.toLowerCase())));

function Field({ most, find = search }: { most?: number; find?: typeof search }) {
  const [value, setValue] = useState<Choice[]>([accounts[0]!]);
  return (
    <>
      <span id="label">Accounts</span>
      <MultiPick ids={{ id: "field", labelId: "label", describedBy: undefined, invalid: false }} value={value} onChange={setValue} search={find} most={most} />
      <output>{value.map((choice) => choice.value).join(" ")}</output>
    </>
  );
}

function paste(text: string) {
  const field = screen.getByRole("combobox", { name: "Accounts" });
  return fireEvent.paste(field, { clipboardData: { getData: () => text } });
}

describe("pasting into a field of many", () => {
  it("picks all that are named in full, by key or label, and says which were not", async () => {
    const { container } = renderKit(<Field />);
    paste("brno\nBRNO-E\r\nmüller, söhne & co\nBrno Pap\nnobody\nnobody\n");
    await waitFor(() => expect(container.querySelector("output")?.textContent).toBe("1 3 2"));
    expect(screen.getByText("Not found (2): Brno Pap, nobody")).toBeTruthy();
    expect(await axeFindings()).toEqual([]);
  });

  it("picks none of several that share a name, and one failure costs only itself", async () => {
    const faulty = (text: string) => (text === "MUELLER" ? Promise.reject(new Error("gone")) : search(text));
    const { container } = renderKit(<Field find={faulty} />);
    paste("Twin\nMUELLER\nT-2\nBRNO-E");
    await waitFor(() => expect(container.querySelector("output")?.textContent).toBe("1 5 3"));
    expect(screen.getByText("Names several, pick it by hand: Twin")).toBeTruthy();
    expect(screen.getByText("Could not be looked up, paste it again: MUELLER")).toBeTruthy();
    expect(screen.queryByText(/Not found/)).toBeNull();
  });

  it("asks a few at a time and takes a long list whole", async () => {
    let open = 0;
    let widest = 0;
    const many = async (text: string) => {
      open += 1;
      widest = Math.max(widest, open);
      await Promise.resolve();
      open -= 1;
      return text.startsWith("x") ? [] : [{ value: text, label: text, key: text }];
    };
    const { container } = renderKit(<Field find={many} />);
    paste([...Array(120).keys()].map((n) => (n % 4 === 0 ? `x${n}` : `k${n}`)).join("\n"));
    await waitFor(() => expect(container.querySelector("output")?.textContent?.split(" ")).toHaveLength(91));
    expect(widest).toBe(16);
    expect(screen.getByText(/^Not found \(30\): x0, .*x76, … \+10$/)).toBeTruthy();
  });

  it("leaves a single line, and a field of one, to the typing", () => {
    const { container, unmount } = renderKit(<Field />);
    expect(paste("BRNO-E"), "the browser pastes it").toBe(true);
    unmount();
    renderKit(<Field most={1} />);
    expect(paste("BRNO-E\nMUELLER")).toBe(true);
    expect(container.querySelector("output")?.textContent ?? "1").toBe("1");
  });
});
