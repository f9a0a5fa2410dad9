/** What may be done now, and for what may not, why not. */
import { Button, Popover } from "antd";
import type { Offer, Verb } from "../../api/contract";

/** Refused actions stay reachable by keyboard, so that their reason can be read; `aria-disabled` keeps them from acting. */
export function Offers({ offers, act, keys, hide }: { offers: Offer[]; act: (offer: Offer) => void; keys?: Partial<Record<Verb, string>>; hide?: readonly Verb[] }) {
  const shown = offers.filter((it) => it.verb !== "reveal" && !hide?.includes(it.verb)).sort((a, b) => Number(b.primary) - Number(a.primary) || Number(b.allowed) - Number(a.allowed) || Number(a.verb === "void") - Number(b.verb === "void"));
  return (
    <div className="offers" role="group" aria-label="可办理的动作">
      {shown.map((it) => {
        const key = keys?.[it.verb];
        const words = <>{it.label}{key && it.allowed && <kbd aria-hidden="true">{key}</kbd>}</>;
        if (it.allowed) {
          return <Button key={it.verb} type={it.primary ? "primary" : "default"} danger={it.verb === "void"} onClick={() => act(it)} {...(key ? { "aria-keyshortcuts": key } : {})}>{words}</Button>;
        }
        const why = [it.reason ?? "现在不能办理。", it.citation ? `依据：${it.citation}` : ""].filter(Boolean);
        return (
          <Popover key={it.verb} trigger={["hover", "focus"]} content={<div className="refusal">{why.map((line) => <p key={line}>{line}</p>)}</div>}>
            <Button className="refused" aria-disabled="true" aria-describedby={`why-${it.verb}`} onClick={(event) => event.preventDefault()}>
              {it.label}<span id={`why-${it.verb}`} className="visually-hidden">现在不能办理：{why.join("；")}</span>
            </Button>
          </Popover>
        );
      })}
    </div>
  );
}
