// Pins: random programs: three tasks and main, which use everything that there is, one of the other
// Needs: 1.53
//
// Prints each program after a `> `, and what it does: every poll of every task, every result, every
// drop. `random.test.ts` runs the same programs. `random FIRST COUNT` prints others.
mod machine;

/// After the first programs some that were found among thousands by breaking our runtime on purpose:
/// each of these shows a fault that hardly any other does.
const CHOSEN: [u64; 44] = [
    1008, 1012, 1038, 1060, 1061, 1082, 1119, 1121, 1150, 1155, 1173, 1274, 1371, 1458, 1563, 1624,
    1643, 1676, 1679, 1730, 1766, 1933, 1986, 2248, 2564, 2651, 2958, 3332, 3361, 3400, 3649, 3759,
    3857, 3883, 4633, 4696, 5639, 7287, 7674, 7913, 8088, 8151, 8674, 8858,
];

fn main() {
    std::panic::set_hook(Box::new(|_| {}));
    let args: Vec<u64> = std::env::args()
        .skip(1)
        .map(|n| n.parse().unwrap())
        .collect();
    let seeds: Vec<u64> = match args[..] {
        [first, count] => (first..first + count).collect(),
        _ => (1..=200).chain(CHOSEN).collect(),
    };
    for seed in seeds {
        let program = machine::generate::program(seed);
        println!("> {}", program);
        machine::run(&program);
    }
}
