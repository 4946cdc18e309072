//! Writes programs. The same seed writes the same one.

/// Operations by family; the numbers that follow a name say how its arguments are drawn: see `op`.
const FAMILIES: [&[&str]; 15] = [
    &["sleep", "sleep", "yield", "selfwake"],
    &[
        "timeout",
        "timeout",
        "select",
        "select",
        "joinm",
        "joinall",
        "unordered",
        "unconstrained",
    ],
    &[
        "spawn", "spawn", "join", "join", "abort", "abort", "detach", "panic",
    ],
    &["burn", "consume"],
    &["lock", "lock", "trylock", "release", "release"],
    &[
        "acquire",
        "acquire",
        "acquire",
        "tryacquire",
        "addpermits",
        "forgetpermits",
        "available",
        "closesem",
        "splitmerge",
        "forget",
        "release",
        "release",
    ],
    &[
        "read",
        "read",
        "write",
        "write",
        "tryread",
        "trywrite",
        "downgrade",
        "release",
        "release",
    ],
    &[
        "notified",
        "notified",
        "notified",
        "mknote",
        "enable",
        "awaitnote",
        "awaitnote",
        "dropnote",
        "notifyone",
        "notifyone",
        "notifylast",
        "notifywaiters",
    ],
    &[
        "send",
        "send",
        "send",
        "trysend",
        "sendtimeout",
        "capacity",
        "reserve",
        "sendpermit",
        "droppermit",
        "closed",
        "recv",
        "recv",
        "recv",
        "tryrecv",
        "droprx",
        "droptx",
        "recvmany",
        "recvmany",
        "reservemany",
        "tryreservemany",
        "upgrade",
        "rxstate",
    ],
    &[
        "usend", "usend", "urecv", "urecv", "udroptx", "osend", "odrop", "orecv", "oclosed",
    ],
    &[
        "wsend", "wsend", "wdrop", "wchanged", "wchanged", "wborrow", "waitfor", "bsend", "bsend",
        "bdrop", "brecv", "brecv", "brecv", "btryrecv",
    ],
    &[
        "cancel",
        "cancelled",
        "cancelled",
        "iscancelled",
        "dropguard",
        "untilcancelled",
        "release",
        "scope",
        "getlocal",
        "getlocal",
    ],
    &["once", "once", "onceset", "barrier", "barrier"],
    &[
        "track",
        "trackwait",
        "trackclose",
        "trackreopen",
        "tracklen",
        "jsspawn",
        "jsspawn",
        "jsnext",
        "jsnext",
        "jstry",
        "jsabort",
        "jslen",
        "jsdetach",
        "abort",
    ],
    &[
        "sleep",
        "sleep",
        "yield",
        "selfwake",
        "mkinterval",
        "tick",
        "tick",
        "resetiv",
        "mksleep",
        "pollsleep",
        "resetsleep",
        "awaitsleep",
        "elapsed",
        "dropsleep",
        "advance",
    ],
];

/// What ends a program's fun early comes seldom.
const RARE: [&str; 12] = [
    "closesem",
    "droprx",
    "droptx",
    "udroptx",
    "wdrop",
    "bdrop",
    "panic",
    "jsdetach",
    "trackreopen",
    "advance",
    "odrop",
    "trackclose",
];

/// These hold other operations.
const NESTING: [&str; 12] = [
    "timeout",
    "select",
    "joinm",
    "joinall",
    "unordered",
    "unconstrained",
    "untilcancelled",
    "once",
    "spawn",
    "track",
    "jsspawn",
    "scope",
];

struct Writer {
    seed: u64,
    pool: Vec<&'static str>,
    /// Which task receives from channel 0, channel 1, the unbounded one, and waits for the watch:
    /// these have one receiver, and one that waits.
    owners: [u32; 4],
    /// Within so many that poll several futures: a panic there ends all of them in Rust.
    joins: u32,
}

impl Writer {
    fn below(&mut self, n: u64) -> u64 {
        self.seed ^= self.seed << 13;
        self.seed ^= self.seed >> 7;
        self.seed ^= self.seed << 17;
        (self.seed >> 11) % n
    }

    fn of<T: Copy>(&mut self, list: &[T]) -> T {
        list[self.below(list.len() as u64) as usize]
    }

    fn ops(&mut self, count: u64, depth: u32, task: u32) -> String {
        let ops: Vec<String> = (0..count).map(|_| self.op(depth, task)).collect();
        ops.join(" ")
    }

    /// One operation, or several.
    fn some(&mut self, depth: u32, task: u32) -> String {
        if self.below(5) < 3 {
            return self.op(depth - 1, task);
        }
        let count = 1 + self.below(2);
        format!("(seq {})", self.ops(count, depth - 1, task))
    }

    fn several(&mut self, most: u64, depth: u32, task: u32) -> Vec<String> {
        let count = 2 + self.below(most - 1);
        (0..count).map(|_| self.some(depth, task)).collect()
    }

    fn op(&mut self, depth: u32, task: u32) -> String {
        let pool = self.pool.clone();
        loop {
            let name = self.of(&pool);
            if RARE.contains(&name) && self.below(10) < 7 || NESTING.contains(&name) && depth == 0 {
                continue;
            }
            let i = self.below(2);
            let allowed = match name {
                "recv" | "recvmany" | "droprx" => {
                    self.owners[i as usize] == task && (name == "recv" || self.joins == 0)
                }
                "urecv" => self.owners[2] == task,
                "wchanged" | "waitfor" => self.owners[3] == task,
                "panic" => self.joins == 0,
                _ => true,
            };
            if allowed {
                return self.write(name, i, depth, task);
            }
        }
    }

    fn write(&mut self, name: &str, i: u64, depth: u32, task: u32) -> String {
        let small = self.of(&[0, 0, 1, 1, 2, 3, 5]);
        let digit = 1 + self.below(9);
        match name {
            "sleep" | "mksleep" | "resetsleep" => format!("({} {})", name, small),
            "burn" | "consume" => format!(
                "({} {})",
                name,
                self.of(&[1, 60, 100, 126, 127, 128, 130, 200])
            ),
            "resetiv" | "advance" | "join" | "abort" | "detach" | "cancel" | "cancelled"
            | "dropguard" => {
                format!("({} {})", name, self.below(4))
            }
            "mkinterval" => format!("({} {} {})", name, 1 + self.below(4), self.below(3)),
            "acquire" | "tryacquire" => {
                format!("({} {} {})", name, i, self.of(&[0, 1, 1, 1, 2, 2, 3]))
            }
            "addpermits" | "forgetpermits" => format!("({} {} {})", name, i, self.below(4)),
            "splitmerge" | "odrop" | "orecv" | "oclosed" => format!("({} {})", name, self.below(3)),
            "osend" => format!("({} {} {})", name, self.below(3), digit),
            "send" | "trysend" | "onceset" => format!("({} {} {})", name, i, digit),
            "sendtimeout" => format!("({} {} {} {})", name, i, digit, small),
            "usend" | "wsend" | "bsend" | "sendpermit" | "waitfor" => {
                format!("({} {})", name, digit)
            }
            "recvmany" => format!("({} {} {})", name, i, self.of(&[0, 1, 2, 3, 10])),
            "reservemany" => format!("({} {} {} {})", name, i, self.below(5), self.below(4)),
            "tryreservemany" => format!("({} {} {})", name, i, self.below(5)),
            "upgrade" => format!("({} {} {})", name, i, self.of(&[0, 0, 5])),
            "timeout" => format!("({} {} {})", name, small, self.some(depth, task)),
            "unconstrained" => format!("({} {})", name, self.some(depth, task)),
            "scope" => format!("({} {} {})", name, digit, self.some(depth, task)),
            "untilcancelled" => format!("({} {} {})", name, self.below(4), self.some(depth, task)),
            "once" => {
                let count = self.below(3);
                format!(
                    "({} {} {} {})",
                    name,
                    i,
                    digit,
                    self.ops(count, depth - 1, task)
                )
            }
            "spawn" | "track" | "jsspawn" => {
                let count = 1 + self.below(3);
                format!("({} {})", name, self.ops(count, depth - 1, 99))
            }
            "select" => {
                let branches = self.several(3, depth, task);
                let all = (1 << branches.len()) - 1;
                let mask = if self.below(5) < 4 {
                    all
                } else {
                    self.below(all + 1)
                };
                format!("({} {} {})", name, mask, branches.join(" "))
            }
            "joinm" | "joinall" | "unordered" => {
                self.joins += 1;
                let parts = self.several(3, depth, task);
                self.joins -= 1;
                format!("({} {})", name, parts.join(" "))
            }
            _ => format!("({} {})", name, i),
        }
    }
}

/// The program of this seed.
pub fn program(seed: u64) -> String {
    let mut w = Writer {
        seed: seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1,
        pool: Vec::new(),
        owners: [0; 4],
        joins: 0,
    };
    for _ in 0..8 {
        w.below(2);
    }
    for i in 0..4 {
        w.owners[i] = 1 + w.below(3) as u32;
    }
    // Time, combinators and tasks always, and more of some of the rest.
    for family in 0..3 {
        w.pool.extend(FAMILIES[family]);
    }
    for _ in 0..1 + w.below(3) {
        let family = 3 + w.below(FAMILIES.len() as u64 - 3);
        for _ in 0..3 {
            w.pool.extend(FAMILIES[family as usize]);
        }
    }
    let sizes: Vec<String> = [(1, 2), (1, 3), (0, 3), (0, 4), (1, 3)]
        .iter()
        .map(|(least, many)| (least + w.below(*many)).to_string())
        .collect();
    let mut main = Vec::new();
    for task in 1..=3 {
        let count = 3 + w.below(4);
        main.push(format!("(spawn {})", w.ops(count, 2, task)));
    }
    let count = 1 + w.below(4);
    main.push(w.ops(count, 1, 0));
    format!(
        "(sizes {}) (main {} (sleep 3) (join 0) (join 1) (join 2))",
        sizes.join(" "),
        main.join(" ")
    )
}
