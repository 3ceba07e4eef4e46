module consumer {
  requires dev.facula;
}
