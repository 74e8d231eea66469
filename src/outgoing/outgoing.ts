/**
 * Requests that this installation makes to addresses which customers and the owner have set. They must not become a way into
 * the network it stands in: private addresses are refused, and the address that was judged is the address connected to.
 */
import dns from 'node:dns';
import http from 'node:http';
import https from 'node:https';
import type { LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';
import { Networks } from '../shared/networks.ts';
import { isPublicAddress } from '../shared/public-address.ts';

export interface OutgoingRequest {
  method: 'GET' | 'POST';
  headers?: Readonly<Record<string, string>>;
  body?: string;
  /** From the start until the answer's head is there. */
  timeoutMs: number;
}

/** The target may not be called. The message says why, and names no address that a name led to. */
export class TargetRefused extends Error {
  override name = 'TargetRefused';
}

export class Outgoing {
  readonly #allowed: Networks;

  /** `allow`: CIDRs that may be called although they are private, and without TLS. */
  constructor(allow: readonly string[]) {
    this.#allowed = new Networks(allow);
  }

  /**
   * Sends a request and answers the response, whose body the caller reads or destroys. Redirects are not followed: where they lead
   * is nobody's setting.
   *
   * @throws TargetRefused; an Error for what fails on the way, or takes too long.
   */
  async send(url: string, request: OutgoingRequest): Promise<http.IncomingMessage> {
    const { protocol, hostname } = new URL(url);
    const host = hostname.replace(/^\[|\]$/g, '');
    if (protocol !== 'https:' && protocol !== 'http:') throw new TargetRefused('only https:// can be called');
    const isPlain = protocol === 'http:';
    // A literal address is not looked up.
    if (ipaddr.isValid(host)) this.#check([host], isPlain);
    const lookup: LookupFunction = (name, options, callback) => {
      dns.lookup(name, { ...options, all: true }, (error, found) => {
        if (error) return callback(error, []);
        let usable: dns.LookupAddress[];
        try {
          const addresses = this.#check(
            found.map(({ address }) => address),
            isPlain,
          );
          usable = found.filter(({ address }) => addresses.includes(address));
        } catch (refusal) {
          return callback(refusal as Error, []);
        }
        if (options.all) callback(null, usable);
        else callback(null, usable[0]!.address, usable[0]!.family);
      });
    };
    const { method, headers = {}, body, timeoutMs } = request;
    const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
    return new Promise((resolve, reject) => {
      const sent = (isPlain ? http : https).request(url, {
        method,
        headers: { 'user-agent': 'headgate', ...headers, ...length },
        lookup,
        // A connection of its own: one that was kept could outlive a change of what may be called.
        agent: false,
      });
      const timer = setTimeout(() => sent.destroy(new Error(`no answer within ${timeoutMs} ms`)), timeoutMs);
      sent.on('error', (error) => {
        clearTimeout(timer);
        reject(error);
      });
      sent.on('response', (response) => {
        clearTimeout(timer);
        resolve(response);
      });
      sent.end(body);
    });
  }

  /** Those that may be called. */
  #check(addresses: readonly string[], isPlain: boolean): string[] {
    const judged = addresses.map((address) => ({
      address,
      isAllowed: this.#allowed.holds(ipaddr.process(address)),
    }));
    const usable = judged.filter(({ address, isAllowed }) => isAllowed || isPublicAddress(address));
    if (usable.length === 0) throw new TargetRefused('the target’s address is private');
    if (isPlain && !usable.every(({ isAllowed }) => isAllowed))
      throw new TargetRefused('only https:// can be called');
    return usable.map(({ address }) => address);
  }
}
