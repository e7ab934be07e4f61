import type { Connection } from '../api/types';

/** What an account is called on the screen: its address where it is known. */
export const accountName = (connection: Connection): string => connection.account?.address ?? connection.account?.name ?? 'Office 365 account';
