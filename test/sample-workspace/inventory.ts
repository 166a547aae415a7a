/** A boat that can be rented by the day. */
export interface Boat {
  readonly name: string;
  readonly seats: number;
  readonly pricePerDay: number;
}

export interface Booking {
  readonly boat: string;
  /** Days as `2026-05-14`, the last one included. */
  readonly from: string;
  readonly to: string;
}

/** Boats with room for `people` that nobody has booked on `day`, the cheapest first. */
export function freeBoats(boats: readonly Boat[], bookings: readonly Booking[], day: string, people: number): Boat[] {
  const taken = new Set(bookings.filter(({ from, to }) => from <= day && day <= to).map(({ boat }) => boat));
  return boats
    .filter(({ name, seats }) => seats >= people && !taken.has(name))
    .toSorted((one, other) => one.pricePerDay - other.pricePerDay);
}

/** What a booking costs: from the fourth day on each day is a quarter cheaper. */
export function price(boat: Boat, days: number): number {
  const full = Math.min(days, 3);
  return full * boat.pricePerDay + (days - full) * boat.pricePerDay * 0.75;
}
