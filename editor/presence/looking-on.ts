import { createContext, useContext } from "react";
import { useMay } from "../api/may.js";

/** Somebody else edits the flow that is open here. */
const LookingOn = createContext(false);
export const LookingOnProvider = LookingOn.Provider;
export const useIsLookingOn = (): boolean => useContext(LookingOn);

/** Whether what is drawn here can be changed: by one's permissions, and because nobody else is at it. */
export function useMayEdit(): boolean {
  const isLookingOn = useIsLookingOn();
  return useMay()("flows:edit") && !isLookingOn;
}
