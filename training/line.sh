#!/bin/sh
# Trains the learned parts of the line in their order, each on what those before it give: scorer, casting, settling. Usage: training/line.sh [PYTHON]
# Needs cargo, and a Python with numpy and scipy. About two minutes on two cores.
set -eu
cd "$(dirname "$0")/.."
python=${1:-python3}
rows=$(mktemp)
trap 'rm -f "$rows"' EXIT
export OMP_NUM_THREADS=1
for model in scorer casting settling; do
    touch data/build.rs
    case $model in scorer) task=candidates ;; *) task=$model ;; esac
    cargo run --quiet --release --package xtask -- "$task" > "$rows"
    echo "# $model: $(wc -l < "$rows") rows"
    "$python" "training/$model/train.py" "$rows"
done
