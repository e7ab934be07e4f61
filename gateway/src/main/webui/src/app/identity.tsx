import { createContext, useContext } from 'react';
import type { Me } from '../api/types';

const MeContext = createContext<Me | null>(null);
export const MeProvider = MeContext.Provider;

/** Who is signed in. Only inside the shell, where that is known. */
export function useMe(): Me {
  const me = useContext(MeContext);
  if (!me) throw new Error('useMe outside the shell');
  return me;
}

export const isAdmin = (me: Me): boolean => me.role === 'ADMIN';

/** The zone in which this person reads times. */
export const zoneOf = (me: Me): string => me.staffMember?.timeZone ?? me.organisation?.timeZone ?? 'UTC';

export const signInAddress = (returnTo: string): string => `/sign-in?return=${encodeURIComponent(returnTo)}`;
