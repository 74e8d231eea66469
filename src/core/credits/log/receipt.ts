/** What a reseller keeps of the log: receipts and exports. Their names are a contract, as the leaf's are. */

/** Proves one event: everything needed besides the log's key. Hashes are in base64. */
export interface Receipt {
  /** The event's place in the log, from 0. */
  leaf_index: number;
  /** The bytes that were hashed, as text. */
  leaf: string;
  leaf_hash: string;
  /** The hashes that lead from the leaf to the checkpoint's root. */
  inclusion_proof: string[];
  /** A signed note: the first that was signed over this leaf. */
  checkpoint: string;
}

export const EXPORT_FORMAT = 'headgate-credit-log/1';

/** The first line of an export. */
export interface ExportHeader {
  format: typeof EXPORT_FORMAT;
  /** `acc_…`: whose events are shown. */
  account: string;
  /** The lines that follow. */
  tree_size: number;
  /** Of that size. */
  checkpoint: string;
  /** The log's keys, the one that signs now first. */
  keys: string[];
}

/** A line of an export: `leaf` is there for the account's own events. */
export interface ExportLine {
  leaf_index: number;
  leaf_hash: string;
  leaf?: string;
}
