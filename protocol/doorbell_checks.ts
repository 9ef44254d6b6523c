/** The schemas of requests about a doorbell; see doorbell.ts. */
import { doorbellLimits, type DoorbellRequest } from "./doorbell.ts";
import * as is from "./schema.ts";

const key = is.text({ least: 1, most: doorbellLimits.key });
const endpoint = is.text({ least: 1, most: doorbellLimits.endpoint });

/** The body of a POST. */
export const doorbellRequest: is.Check<DoorbellRequest> = is.tagged<DoorbellRequest>("does", {
  "add": is.object({ does: is.oneOf("add"), endpoint, p256dh: key, auth: key }),
  "remove": is.object({ does: is.oneOf("remove"), endpoint }),
  "renew": is.object({
    does: is.oneOf("renew"),
    before: is.object({ endpoint, auth: key }),
    endpoint,
    p256dh: key,
    auth: key,
  }),
  "let-in": is.object({
    does: is.oneOf("let-in"),
    token: is.text({ least: 1, most: doorbellLimits.letIn }),
  }),
});
