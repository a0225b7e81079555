import type { Client } from "@temporalio/client";

/** Whether `RunState` may be written: upserting an unregistered attribute would fail every workflow task. */
export async function hasRunState(client: Client, namespace: string): Promise<boolean> {
  try {
    const { customAttributes } = await client.connection.operatorService.listSearchAttributes({ namespace });
    return "RunState" in customAttributes;
  } catch {
    // Clusters may keep the operator's service to themselves: then the state is only on our own pages.
    return false;
  }
}
