export function consoleStamp(): string;
export function ensureConsole(): boolean;
