/** EclipseProxy's shapes, from what the core speaks. Bandwidth is MB, rounded down to two decimals; times are to the second. */
import type { PoolOverview } from '../../../core/accounts/accounts.ts';
import type { BandwidthState } from '../../../core/subusers/bandwidth.ts';
import type { HistoryEntry, Subuser, UsageEntry } from '../../../core/subusers/read.ts';
import type { SubuserWithPassword, WhitelistState } from '../../../core/subusers/subusers.ts';
import { megabytes } from '../../../shared/units.ts';

/** This dialect knows one product. */
export const PRODUCT = 'residential';

/** A success in the envelope. */
export function success<Data, Message extends string, Code extends string>(
  message: Message,
  messageCode: Code,
  data: Data,
) {
  return { status: 'success' as const, message, messageCode, data };
}

export function ok<Data>(data: Data) {
  return success('OK', 'OK', data);
}

/** ISO 8601 in UTC without milliseconds. */
export function toWireTime(time: Date): string {
  return `${time.toISOString().slice(0, 19)}Z`;
}

export function toWireSubuser(subuser: Subuser) {
  return {
    id: subuser.id,
    username: subuser.username,
    // A customer made through another dialect may have none; clients of this one read a text.
    email: subuser.email ?? '',
    bandwidthBalance: megabytes(subuser.remainingBytes),
    createdAt: toWireTime(subuser.createdAt),
    whitelistIPs: subuser.whitelist,
  };
}

export function toWireSubuserWithPassword(subuser: SubuserWithPassword) {
  return { ...toWireSubuser(subuser), password: subuser.password };
}

export function toWireOverview(pool: PoolOverview) {
  return {
    bandwidthBalance: megabytes(pool.balanceBytes),
    storeName: pool.storeName,
    storeCode: pool.storeCode,
    subuserCount: pool.subuserCount,
    totalAllocated: megabytes(pool.allocatedBytes),
    createdAt: toWireTime(pool.createdAt),
  };
}

export function toWireWhitelist({ username, whitelist }: WhitelistState) {
  return { username, whitelistIPs: whitelist };
}

export function toWireBandwidth({ username, allocatedBytes, usedBytes, remainingBytes }: BandwidthState) {
  return {
    username,
    bandwidthAllocated: megabytes(allocatedBytes),
    bandwidthUsed: megabytes(usedBytes),
    bandwidthRemaining: megabytes(remainingBytes),
  };
}

export function toWireHistory({ username, history }: { username: string; history: HistoryEntry[] }) {
  return {
    username,
    history: history.map((entry) => ({
      action: entry.action,
      amountMb: megabytes(entry.bytes),
      at: toWireTime(entry.at),
    })),
  };
}

export function toWireDeleted(username: string, returnedBytes: bigint) {
  return { username, bandwidthReturned: megabytes(returnedBytes) };
}

export function toWireUsage({ username, usage }: { username: string; usage: UsageEntry[] }) {
  return {
    username,
    usage: usage.map((day) => ({
      date: day.start.toISOString().slice(0, 10),
      upBytes: Number(day.upBytes),
      downBytes: Number(day.downBytes),
    })),
  };
}
