// The only file that may load undici, and in this order.
import { restoreSlots } from './slots.ts';
import { Agent, ProxyAgent, fetch } from 'undici';

restoreSlots();

export { Agent, fetch, ProxyAgent };
