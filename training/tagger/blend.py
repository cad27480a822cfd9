"""The average of two checkpoints, the second made from the first: often better than either."""
import argparse

import numpy as np

import model
import train


def main():
    """Write the blend."""
    args = argparse.ArgumentParser(description=__doc__)
    args.add_argument("--data", required=True, help="prepared base name of the later run")
    args.add_argument("--later", required=True)
    args.add_argument("--earlier", required=True)
    args.add_argument("--earlier-data", required=True, help="prepared base name of the earlier run")
    args.add_argument("--share", type=float, default=0.75, help="of the later run")
    args.add_argument("--seed", type=int, default=4, help="rows that the earlier run lacks")
    args.add_argument("--out", required=True)
    args = args.parse_args()
    data = train.Data(args.data, 1920, 1408)
    fresh = model.init(args.seed, len(data.a["vocab"]), {k: len(v) for k, v in data.vocab.items()})
    earlier = train.warm(fresh, args.earlier, args.earlier_data, data)
    with np.load(args.later) as z:
        later = {k: z[k] for k in z.files}
    np.savez(args.out, **{k: (args.share * v + (1 - args.share) * earlier[k]).astype(np.float32) for k, v in later.items()})


if __name__ == "__main__":
    main()
