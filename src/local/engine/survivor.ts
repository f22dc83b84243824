import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { endProcess, fileArguments } from './engine-process.ts';

/**
 * Ends the engine that a killed Konvert has left behind with this file, and resolves to `true` when it is gone.
 * Resolves to `false` and does nothing if the process of that pid is dead, or is not our engine with this very file.
 */
export async function endSurvivor(pidFile: string, file: string): Promise<boolean> {
  const pid = readPid(pidFile);
  if (pid === undefined || !isEngineOn(pid, file)) return false;
  await endProcess(
    (signal) => sendSignal(pid, signal),
    () => isEngineOn(pid, file),
  );
  return true;
}

function readPid(pidFile: string): number | undefined {
  try {
    const pid = Number(readFileSync(pidFile, 'utf8'));
    return Number.isSafeInteger(pid) && pid > 1 ? pid : undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return undefined;
  }
}

/** A process that has ended but was not reaped has no command line, so it counts as gone. */
function isEngineOn(pid: number, file: string): boolean {
  const command = commandOf(pid);
  return command.includes('dynoxide') && command.includes(`${fileArguments(file).join(' ')} `);
}

/** The arguments of a process, each followed by a space; empty when the process is gone. */
function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return process.platform === 'linux' ? '' : commandByPs(pid);
  }
}

function commandByPs(pid: number): string {
  try {
    return `${execFileSync('ps', ['-ww', '-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).trimEnd()} `;
  } catch {
    return ''; // ps exits with 1 when there is no such process.
  }
}

function sendSignal(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
