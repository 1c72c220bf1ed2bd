"""rawi under Apache Spark: RDD.pipe over the lines of a file, each partition through its own process.

usage: spark.py IN.jsonl OUT.jsonl FILTER
"""
import os
import sys

from pyspark.sql import SparkSession

source, target, command = sys.argv[1:4]
# Two threads; a task may fail three times before the job does.
spark = SparkSession.builder.master("local[2,4]").config("spark.ui.enabled", "false").getOrCreate()
lines = spark.sparkContext.textFile(source, minPartitions=8)
# checkCode makes a task of a process that did not end well fail, so that Spark runs it again and keeps none of its lines.
found = lines.pipe(command, env=dict(os.environ), checkCode=True).collect()
with open(target, "w", encoding="utf8") as out:
    out.writelines(line + "\n" for line in found)
spark.stop()
