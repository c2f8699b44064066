/// A circle in "rests on": positions of which each rests on the next and the last on the first.
/// `rests_on` gives, for each position, the positions it rests on.
pub(super) fn find(rests_on: &[Vec<usize>]) -> Option<Vec<usize>> {
    // Whatever rests on settled ones only is settled; what is left rests on something left.
    let mut settled = vec![false; rests_on.len()];
    loop {
        let before = settled.clone();
        for (position, on) in rests_on.iter().enumerate() {
            settled[position] = settled[position] || on.iter().all(|on| settled[*on]);
        }
        if settled == before {
            break;
        }
    }
    let mut walked = vec![settled.iter().position(|settled| !settled)?];
    loop {
        let last = *walked.last()?;
        let next = *rests_on[last].iter().find(|on| !settled[**on])?;
        if let Some(start) = walked.iter().position(|position| *position == next) {
            return Some(walked.split_off(start));
        }
        walked.push(next);
    }
}
