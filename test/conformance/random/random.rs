// Pins: random programs: three tasks and main, which use everything that there is, one of the other
// Needs: 1.53
//
// Prints each program after a `> `, and what it does: every poll of every task, every result, every
// drop. `random.test.ts` runs the same programs. `random FIRST COUNT` prints others.
mod machine;

fn main() {
    std::panic::set_hook(Box::new(|_| {}));
    let mut args = std::env::args().skip(1).map(|n| n.parse().unwrap());
    let first: u64 = args.next().unwrap_or(1);
    let count: u64 = args.next().unwrap_or(250);
    for seed in first..first + count {
        let program = machine::generate::program(seed);
        println!("> {}", program);
        machine::run(&program);
    }
}
