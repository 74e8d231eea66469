/**
 * Files as memory: what is stored there is the file's at once, and outlives the process. Node has no function for that; the system's own are
 * called through koffi, where that is installed and works.
 */
import { statfsSync } from 'node:fs';
import { createRequire } from 'node:module';

export interface MappedFile {
  readonly bytes: ArrayBuffer;
  /** From then on `bytes` is empty, for every view of it that is left. */
  unmap(): void;
}

interface SystemCalls {
  /** Answers where; throws when the system refuses. */
  map(descriptor: number, length: number): bigint;
  unmap(address: bigint, length: number): void;
  view(address: bigint, length: number): ArrayBuffer;
}

/** As Linux has them. */
const PROT_READ_WRITE = 3;
const MAP_SHARED = 1;
const MAP_FAILED = 0xffff_ffff_ffff_ffffn;

/**
 * Where writing over what a file holds never needs room on the disk, by the number that Linux gives a file system. Elsewhere it may, and on a
 * disk that is full a store into memory then kills the process.
 */
const OVERWRITES_IN_PLACE = new Set([
  // ext2, ext3, ext4
  0xef53,
  // xfs
  0x5846_5342,
  // tmpfs
  0x0102_1994,
]);

/** Undefined: not tried yet. */
let known: SystemCalls | false | undefined;

/** Whether files in this folder can be used as memory without danger. */
export function canMap(folder: string): boolean {
  if (systemCalls() === false) return false;
  return OVERWRITES_IN_PLACE.has(statfsSync(folder).type);
}

/**
 * The first `length` bytes of a file that is open for reading and writing, and that long. Shorter, a touch of what is missing kills the process.
 * Undefined where that cannot be had.
 */
export function mapFile(descriptor: number, length: number): MappedFile | undefined {
  const calls = systemCalls();
  if (calls === false) return undefined;
  try {
    const address = calls.map(descriptor, length);
    try {
      const bytes = calls.view(address, length);
      const unmap = () => {
        // Who still holds it finds it empty instead of memory that is gone, or is another's.
        bytes.transfer(0);
        calls.unmap(address, length);
      };
      return { bytes, unmap };
    } catch (error) {
      calls.unmap(address, length);
      throw error;
    }
  } catch {
    return undefined;
  }
}

function systemCalls(): SystemCalls | false {
  known ??= loadCalls();
  return known;
}

function loadCalls(): SystemCalls | false {
  if (process.platform !== 'linux' || !['x64', 'arm64'].includes(process.arch)) return false;
  try {
    const koffi = createRequire(import.meta.url)('koffi') as typeof import('koffi');
    const system = koffi.load(null);
    const mmap = system.func('void* mmap(void*, size_t, int, int, int, int64_t)');
    const munmap = system.func('int munmap(void*, size_t)');
    return {
      map(descriptor, length) {
        const address: bigint = mmap(null, length, PROT_READ_WRITE, MAP_SHARED, descriptor, 0);
        if (address === MAP_FAILED) throw new Error(`mmap: error ${koffi.errno()}`);
        return address;
      },
      unmap(address, length) {
        munmap(address, length);
      },
      view: koffi.view,
    };
  } catch {
    // Not installed, or not for this machine.
    return false;
  }
}
