/*
 * A day of medicines and magnesium, in minutes after midnight; every day is like the next, so hours run over midnight.
 * A medicine at t that wants `after` hours after magnesium and `before` hours before it closes (t - after, t + before).
 * A side without stated hours closes nothing, and makes nothing safe: the words beside the picture say so.
 */
export const DAY = 24 * 60;

const onTheDay = (minutes) => ((minutes % DAY) + DAY) % DAY;

/* "08:30" as minutes; null for anything else. */
export const minutesOf = (time) => {
  const found = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(time);
  return found ? Number(found[1]) * 60 + Number(found[2]) : null;
};

/* Minutes as "08:30"; the end of the day is 24:00. */
export const clock = (minutes) => {
  const two = (number) => String(number).padStart(2, "0");
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
};

/* One stretch as stretches within the day. */
const within = ([from, to]) => {
  if (to - from >= DAY) return [[0, DAY]];
  const [start, end] = [onTheDay(from), onTheDay(to)];
  if (start < end) return [[start, end]];
  return [...(end > 0 ? [[0, end]] : []), [start, DAY]];
};

/* Stretches in order, with those that touch or overlap made one. */
const joined = (stretches) => {
  const found = [];
  for (const [from, to] of [...stretches].sort(([one], [other]) => one - other)) {
    const last = found.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else found.push([from, to]);
  }
  return found;
};

/* When magnesium is too near to doses at these minutes. */
export const closed = (times, { before, after }) =>
  joined(
    times
      .map((time) => [time - (after ?? 0) * 60, time + (before ?? 0) * 60])
      .filter(([from, to]) => to > from)
      .flatMap(within),
  );

/* All of these together. */
export const together = (plans) => joined(plans.flat());

/* What the closed stretches leave of the day; one that runs over midnight is one. */
export const open = (stretches) => {
  const free = [];
  let from = 0;
  for (const [start, end] of stretches) {
    if (start > from) free.push([from, start]);
    from = end;
  }
  if (from < DAY) free.push([from, DAY]);
  const [first, last] = [free[0], free.at(-1)];
  if (free.length > 1 && first[0] === 0 && last[1] === DAY) return [...free.slice(1, -1), [last[0], first[1]]];
  return free;
};

/* "14:00 to 20:00". */
export const said = ([from, to]) => (from === 0 && to === DAY ? "any time of day" : `${clock(from)} to ${clock(to)}`);
