/* Finding a medicine by what somebody types: every word must begin a word of the name, or of another spelling. */
const MOST = 8;

export const plain = (text) =>
  text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();

const spellings = (pick) => [pick.name, ...pick.also_called].map(plain);

const holds = (spelling, words) => {
  const own = spelling.split(" ");
  return words.every((word) => own.some((each) => each.startsWith(word)));
};

/* Smaller is nearer: the very name, its beginning, a word of it, a part of it. */
const distance = (pick, typed) => {
  const words = typed.split(" ");
  const ways = spellings(pick).map((spelling) => {
    if (spelling === typed) return 0;
    if (spelling.startsWith(typed)) return 1;
    if (holds(spelling, words)) return 2;
    // "levothyroxine 50" or "doxycycline hyclate": the packet says more than the list.
    if (` ${typed} `.includes(` ${spelling} `)) return 2;
    return typed.length > 3 && spelling.includes(typed) ? 3 : Infinity;
  });
  return Math.min(...ways);
};

/* The picks that fit, nearest first; those as near keep their order. */
export const fitting = (picks, text) => {
  const typed = plain(text);
  if (!typed) return [];
  return picks
    .map((pick) => ({ pick, far: distance(pick, typed) }))
    .filter(({ far }) => far < Infinity)
    .sort((one, other) => one.far - other.far)
    .slice(0, MOST)
    .map(({ pick }) => pick);
};
