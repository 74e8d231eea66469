/**
 * Node's own TCP handles, below `net.Socket`. They are not a public interface (DEP0111): everything that depends on them is in
 * the files handle-*.ts, and is used only after it has proved to work (transport-check.ts).
 */

export interface TcpHandle {
  /** The bytes are in the memory of `useUserBuffer`. */
  onread: (this: TcpHandle) => void;
  onconnection: (this: TcpHandle, status: number, handle: TcpHandle | undefined) => void;
  readonly fd: number;
  /** Takes a descriptor over. */
  open(fd: number): number;
  bind(address: string, port: number): number;
  bind6(address: string, port: number, flags: number): number;
  listen(backlog: number): number;
  connect(request: ConnectRequest, address: string, port: number): number;
  connect6(request: ConnectRequest, address: string, port: number): number;
  readStart(): number;
  readStop(): number;
  /** From now on bytes are read into `memory`, and the handle keeps no reference to it. */
  useUserBuffer(memory: Buffer): void;
  writeBuffer(request: WriteRequest, bytes: Buffer): number;
  /** Says FIN behind what was written, in the loop's next turn. */
  shutdown(request: object): number;
  reset(): number;
  close(): void;
  getpeername(out: { address?: string }): number;
  getsockname(out: { address?: string; port?: number }): number;
  setNoDelay(on: boolean): number;
  setKeepAlive(on: boolean, afterSeconds: number): number;
}

export interface ConnectRequest {
  oncomplete: (status: number) => void;
}

export interface WriteRequest {
  oncomplete: (this: WriteRequest, status: number) => void;
}

export interface Handles {
  newServer(): TcpHandle;
  newSocket(): TcpHandle;
  ConnectRequest: new () => ConnectRequest;
  WriteRequest: new () => WriteRequest;
  ShutdownRequest: new () => object;
  /** Where the handles leave the figures of the last call. */
  state: Int32Array;
  /** Indices into `state`. */
  readBytesOrError: number;
  lastWriteWasAsync: number;
}

interface TcpBinding {
  TCP: new (kind: number) => TcpHandle;
  TCPConnectWrap: new () => ConnectRequest;
  constants: { SOCKET: number; SERVER: number };
}

interface StreamBinding {
  WriteWrap: new () => WriteRequest;
  ShutdownWrap: new () => object;
  streamBaseState: Int32Array;
  kReadBytesOrError: number;
  kLastWriteWasAsync: number;
}

/** Throws where this Node has none of that. */
export function openHandles(): Handles {
  const { tcp, stream } = quietly(() => ({
    tcp: binding('tcp_wrap') as TcpBinding,
    stream: binding('stream_wrap') as StreamBinding,
  }));
  const { TCP, constants } = tcp;
  return {
    newServer: () => new TCP(constants.SERVER),
    newSocket: () => new TCP(constants.SOCKET),
    ConnectRequest: tcp.TCPConnectWrap,
    WriteRequest: stream.WriteWrap,
    ShutdownRequest: stream.ShutdownWrap,
    state: stream.streamBaseState,
    readBytesOrError: stream.kReadBytesOrError,
    lastWriteWasAsync: stream.kLastWriteWasAsync,
  };
}

function binding(name: string): unknown {
  return (process as unknown as { binding(name: string): unknown }).binding(name);
}

/** The deprecation is known, and means nothing to an operator. */
function quietly<Result>(run: () => Result): Result {
  const { noDeprecation } = process;
  process.noDeprecation = true;
  try {
    return run();
  } finally {
    process.noDeprecation = noDeprecation ?? false;
  }
}
