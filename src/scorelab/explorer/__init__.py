"""The local web page: a scheme is changed and lived again while somebody looks on."""
