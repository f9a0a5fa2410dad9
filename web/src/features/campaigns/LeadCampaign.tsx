/** Makes a lead's exposure a campaign over every grid (一地曝光、全域整治). */
import { Button } from "antd";
import { useState } from "react";
import type { Lead } from "../../api/contract";
import { mayAny, useSession } from "../session/session";
import { StartCampaign } from "./StartCampaign";

export function LeadCampaign({ lead }: { lead: Lead }) {
  const session = useSession();
  const [starting, setStarting] = useState(false);
  if (!mayAny(session, ["campaign.run"]) || !lead.class || ["rejected", "merged", "voided"].includes(lead.state)) return null;
  return (
    <section className="panel" aria-labelledby="campaign">
      <h2 id="campaign">全域整治</h2>
      <p className="quiet">别处也可能有同样的问题时，让范围内每个网格都排查一次。</p>
      <Button size="small" onClick={() => setStarting(true)}>发起全域整治</Button>
      {starting && <StartCampaign lead={lead} close={() => setStarting(false)} />}
    </section>
  );
}
